package dev.attache.operations;

import dev.attache.aws.ObjectReads;
import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.ledger.keys.Keys;
import java.util.Collection;
import java.util.HashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Checks buckets and keys at start, before messages are received. With a misspelt bucket every object would be missing,
 * and every request would be rejected. Without the keys of the installation every upload request would fail, and the
 * circuit breaker would stop all inputs.
 */
public final class BucketsCheck implements SmartLifecycle {

    private final S3Client s3;

    private static final Logger log = LoggerFactory.getLogger(BucketsCheck.class);

    private final BucketNames buckets;

    private final Keys keys;

    private final Keys locator;

    private final String keysFolder;

    private final boolean retention;

    private volatile boolean running;

    /**
     * Creates the check.
     *
     * @param locator the key by which the ledger's objects are named
     * @param keysFolder bucket and prefix of the stored keys, for error messages
     * @param retention whether to check for a default retention; few emulators support it
     */
    public BucketsCheck(
            S3Client s3, BucketNames buckets, Keys keys, Keys locator, String keysFolder, boolean retention) {
        this.s3 = s3;
        this.buckets = buckets;
        this.keys = keys;
        this.locator = locator;
        this.keysFolder = keysFolder;
        this.retention = retention;
    }

    /**
     * Runs the checks.
     *
     * @throws IllegalStateException if a bucket is missing or accepts no uploads, if S3 does not answer, or if the
     *     worker may not use its keys
     */
    @Override
    public void start() {
        Collection<String> checked = new HashSet<>();
        buckets.all().forEach((setting, bucket) -> {
            if (checked.add(bucket)) {
                check(setting, bucket);
            }
        });
        if (retention) {
            buckets.uploads().forEach(this::requireNoRetention);
        }
        requireKeys(keys, ", or set attache.keys.secrets");
        requireKeys(locator, "");
        running = true;
    }

    private void check(String setting, String bucket) {
        try {
            s3.headBucket(request -> request.bucket(bucket).overrideConfiguration(BucketsCheck::mayBeRefused));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                throw new IllegalStateException(
                        "There is no bucket %s: create it, for example with infra/setup.sh, or correct %s"
                                .formatted(bucket, setting));
            }
            if (e.statusCode() == 301) {
                throw new IllegalStateException(
                        "Bucket %s is in another region than this worker: correct the region or %s"
                                .formatted(bucket, setting));
            }
            if (e.statusCode() != 403) {
                throw new IllegalStateException(
                        "S3 answered %d to the check of bucket %s (%s)".formatted(e.statusCode(), bucket, setting), e);
            }
            // 403: the bucket exists. Without the permission to list it, the worker may still read and write objects.
        } catch (SdkClientException e) {
            throw new IllegalStateException(
                    ("S3 did not answer the check of bucket %s (%s): check endpoint, region, credentials and "
                                    + "network. The cause is: %s")
                            .formatted(bucket, setting, e.getMessage()),
                    e);
        }
    }

    /** Marks a call whose refusal must neither raise an alarm nor count in the circuit breaker. */
    private static void mayBeRefused(AwsRequestOverrideConfiguration.Builder call) {
        call.putExecutionAttribute(ObjectReads.OF_OBJECT, true);
    }

    /** With a default retention, S3 refuses uploads without a checksum ("Configuring S3 Object Lock"). */
    private void requireNoRetention(String setting, String bucket) {
        try {
            ObjectLockConfiguration lock = s3.getObjectLockConfiguration(
                            request -> request.bucket(bucket).overrideConfiguration(BucketsCheck::mayBeRefused))
                    .objectLockConfiguration();
            if (lock != null && lock.rule() != null && lock.rule().defaultRetention() != null) {
                throw new IllegalStateException(
                        ("Bucket %s (%s) has an Object Lock with a default retention, so S3 accepts no upload without"
                            + " a checksum, but upload links have none. Remove the default retention, or use another"
                            + " bucket")
                                .formatted(bucket, setting));
            }
        } catch (S3Exception e) {
            // 404: no Object Lock. 403: no permission s3:GetBucketObjectLockConfiguration. Others: not supported.
            log.debug("Object Lock of bucket {} is not checked: S3 answered {}", bucket, e.statusCode());
        } catch (SdkClientException e) {
            log.debug("Object Lock of bucket {} is not checked: {}", bucket, e.getMessage());
        }
    }

    /** @param otherFix another way to repair missing permissions */
    private void requireKeys(Keys required, String otherFix) {
        try {
            required.newest();
        } catch (S3Exception e) {
            if (e.statusCode() == 403) {
                throw new IllegalStateException(
                        ("S3 refuses this worker access to the keys of the installation (%s): allow s3:GetObject and"
                            + " s3:PutObject on %s*, and s3:ListBucket on the bucket, as in infra/policies%s")
                                .formatted(AwsErrorKind.describe(e), keysFolder, otherFix),
                        e);
            }
            throw new IllegalStateException(
                    "S3 answered %d to the request for the keys of this installation (%s)"
                            .formatted(e.statusCode(), keysFolder),
                    e);
        } catch (SdkClientException e) {
            throw new IllegalStateException(
                    "S3 did not answer the request for the keys of this installation (%s). The cause is: %s"
                            .formatted(keysFolder, e.getMessage()),
                    e);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before the bindings of outputs and inputs. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}

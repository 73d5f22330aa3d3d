package dev.attache.operations;

import dev.attache.aws.ObjectReads;
import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.ledger.Keys;
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
 * Looks, before anything is received, whether the buckets are there: to a worker whose bucket is misspelt every object
 * would be missing, and every request its sender's fault. Then, whether the keys of this installation can be read, or
 * created where there are none: without them every request for an upload fails, and S3's refusals keep everything else
 * from being received.
 */
public final class BucketsCheck implements SmartLifecycle {

    private final S3Client s3;

    private static final Logger log = LoggerFactory.getLogger(BucketsCheck.class);

    private final BucketNames buckets;

    private final Keys keys;

    private final String keysFolder;

    private final boolean retention;

    private volatile boolean running;

    /**
     * @param keysFolder bucket and folder of the keys, unless they are configured
     * @param retention whether to look for a default retention: few emulators know what is asked
     */
    public BucketsCheck(S3Client s3, BucketNames buckets, Keys keys, String keysFolder, boolean retention) {
        this.s3 = s3;
        this.buckets = buckets;
        this.keys = keys;
        this.keysFolder = keysFolder;
        this.retention = retention;
    }

    /**
     * @throws IllegalStateException when one is missing, takes no uploads, or S3 cannot be asked; and when the worker
     *     may not use its keys
     */
    @Override
    public void start() {
        Collection<String> asked = new HashSet<>();
        buckets.all().forEach((setting, bucket) -> {
            if (asked.add(bucket)) {
                check(setting, bucket);
            }
        });
        if (retention) {
            buckets.uploads().forEach(this::requireNoRetention);
        }
        requireKeys();
        running = true;
    }

    private void check(String setting, String bucket) {
        try {
            s3.headBucket(request -> request.bucket(bucket).overrideConfiguration(BucketsCheck::aboutBucketAlone));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                throw new IllegalStateException("There is no bucket %s: create it (infra/setup.sh does), or correct %s"
                        .formatted(bucket, setting));
            }
            if (e.statusCode() == 301) {
                throw new IllegalStateException(
                        "Bucket %s lies in another region than this worker's: correct the region or %s"
                                .formatted(bucket, setting));
            }
            if (e.statusCode() != 403) {
                throw new IllegalStateException(
                        "S3 answered %d when asked for bucket %s (%s)".formatted(e.statusCode(), bucket, setting), e);
            }
            // It is there, and who may not list it may still read and write in it.
        } catch (SdkClientException e) {
            throw new IllegalStateException(
                    ("S3 could not be asked for bucket %s (%s): check endpoint, region, credentials and "
                                    + "network. It said: %s")
                            .formatted(bucket, setting, e.getMessage()),
                    e);
        }
    }

    /** That the worker may not ask this is neither an alarm nor an outage. */
    private static void aboutBucketAlone(AwsRequestOverrideConfiguration.Builder call) {
        call.putExecutionAttribute(ObjectReads.OF_OBJECT, true);
    }

    /** "Configuring S3 Object Lock": with a default retention S3 refuses uploads without a checksum. */
    private void requireNoRetention(String setting, String bucket) {
        try {
            ObjectLockConfiguration lock = s3.getObjectLockConfiguration(
                            request -> request.bucket(bucket).overrideConfiguration(BucketsCheck::aboutBucketAlone))
                    .objectLockConfiguration();
            if (lock != null && lock.rule() != null && lock.rule().defaultRetention() != null) {
                throw new IllegalStateException(
                        ("Bucket %s (%s) has an Object Lock with a default retention, so S3 takes no upload without a"
                            + " checksum, and links for people's files have none. Remove the default retention, or"
                            + " name another bucket")
                                .formatted(bucket, setting));
            }
        } catch (S3Exception e) {
            // 404: no Object Lock. 403: s3:GetBucketObjectLockConfiguration is missing. Others: an S3 without it.
            log.debug("Object Lock of bucket {} is not checked: S3 answered {}", bucket, e.statusCode());
        } catch (SdkClientException e) {
            log.debug("Object Lock of bucket {} is not checked: {}", bucket, e.getMessage());
        }
    }

    private void requireKeys() {
        try {
            keys.newest();
        } catch (S3Exception e) {
            if (e.statusCode() == 403) {
                throw new IllegalStateException(
                        ("S3 refuses this worker the keys of its installation (%s): allow it s3:GetObject and"
                            + " s3:PutObject on %s*, and s3:ListBucket on the bucket, as in infra/iam-policy.json, or"
                            + " set attache.keys.secrets")
                                .formatted(AwsErrorKind.named(e), keysFolder),
                        e);
            }
            throw new IllegalStateException(
                    "S3 answered %d when asked for the keys of this installation (%s)"
                            .formatted(e.statusCode(), keysFolder),
                    e);
        } catch (SdkClientException e) {
            throw new IllegalStateException(
                    "S3 could not be asked for the keys of this installation (%s). It said: %s"
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

    /** Before the outputs and inputs. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}

package dev.attache;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.context.SmartLifecycle;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Looks, before anything is received, whether the buckets are there: to a worker whose bucket is misspelt every object
 * would be missing, and every request its sender's fault.
 */
final class BucketsCheck implements SmartLifecycle {

    private final S3Client s3;

    private final Map<String, String> buckets;

    private volatile boolean running;

    /** @param buckets by the setting that names them */
    BucketsCheck(S3Client s3, Map<String, String> buckets) {
        this.s3 = s3;
        this.buckets = new LinkedHashMap<>(buckets);
    }

    /** @throws IllegalStateException when one is missing, or S3 cannot be asked */
    @Override
    public void start() {
        Collection<String> asked = new HashSet<>();
        buckets.forEach((setting, bucket) -> {
            if (asked.add(bucket)) {
                check(setting, bucket);
            }
        });
        running = true;
    }

    private void check(String setting, String bucket) {
        try {
            s3.headBucket(request -> request.bucket(bucket));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                throw new IllegalStateException("There is no bucket %s: create it (infra/setup.sh does), or correct %s"
                        .formatted(bucket, setting));
            }
            if (e.statusCode() == 301) {
                throw new IllegalStateException("Bucket %s lies in another region than this worker's: correct the region or %s"
                        .formatted(bucket, setting));
            }
            if (e.statusCode() != 403) {
                throw new IllegalStateException("S3 answered %d when asked for bucket %s (%s)"
                        .formatted(e.statusCode(), bucket, setting), e);
            }
            // It is there, and who may not list it may still read and write in it.
        } catch (SdkClientException e) {
            throw new IllegalStateException(("S3 could not be asked for bucket %s (%s): check endpoint, region, credentials and "
                    + "network. It said: %s").formatted(bucket, setting, e.getMessage()), e);
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

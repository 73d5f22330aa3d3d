package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.link.UploadTarget;
import dev.attache.link.credentials.AmbientCredentials;
import dev.attache.storage.StorageOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Signers, credentials and objects for tests. */
public final class Signers {

    public static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";

    public static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /** The SHA-256 of empty content. */
    public static final String SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** The assumed lifetime of a session without an expiry. */
    public static final Duration UNKNOWN_LIFE = Duration.ofHours(1);

    private Signers() {}

    public static S3LinkSigner ofUser() {
        return ofUser(null, false);
    }

    public static S3LinkSigner ofUser(@Nullable URI endpoint, boolean pathStyle) {
        return new S3LinkSigner(
                ambient(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET))),
                Region.EU_WEST_1,
                endpoint,
                pathStyle,
                Clock.systemUTC());
    }

    public static S3LinkSigner ofRole(Instant end, Clock clock) {
        return new S3LinkSigner(
                new AmbientCredentials(
                        StaticCredentialsProvider.create(session(ACCESS_KEY, end)), Signers.UNKNOWN_LIFE, clock),
                Region.EU_WEST_1,
                null,
                false,
                clock);
    }

    public static AmbientCredentials ambient(AwsCredentialsProvider provider) {
        return new AmbientCredentials(provider, Signers.UNKNOWN_LIFE, Clock.systemUTC());
    }

    public static AwsSessionCredentials session(String accessKey, Instant end) {
        return AwsSessionCredentials.builder()
                .accessKeyId(accessKey)
                .secretAccessKey(SECRET)
                .sessionToken("to/ken+=")
                .expirationTime(end)
                .build();
    }

    public static ObjectRef object(String key) {
        return new ObjectRef("attachments", key, null);
    }

    public static UploadTarget upload(String key, @Nullable String sha256) {
        return upload(key, sha256, StorageOptions.NONE);
    }

    static UploadTarget upload(String key, @Nullable String sha256, StorageOptions storage) {
        return new UploadTarget(object(key), "application/pdf", 1234, sha256, "7c1f", null, storage);
    }
}

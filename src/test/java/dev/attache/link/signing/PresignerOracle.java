package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.storage.StorageOptions;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs with the SDK's {@link S3Presigner}: {@link PresignedUrls} must make the same URLs. */
final class PresignerOracle implements AutoCloseable {

    private final S3Presigner presigner;

    PresignerOracle(Region region, @Nullable URI endpoint, boolean pathStyle, EndpointVariant variant) {
        this.presigner = S3Presigner.builder()
                .region(region)
                .endpointOverride(endpoint)
                .dualstackEnabled(variant.dualStack())
                .fipsEnabled(variant.fips())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .accelerateModeEnabled(variant.accelerate())
                        .build())
                .credentialsProvider(() -> {
                    throw new IllegalStateException("Every link is signed with credentials of its own");
                })
                .build();
    }

    SignedUrl get(
            ObjectRef object,
            String disposition,
            @Nullable String contentType,
            @Nullable String deliveryId,
            AwsCredentials credentials,
            Duration duration) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId())
                .responseContentDisposition(disposition)
                .responseContentType(contentType)
                .overrideConfiguration(
                        deliveryId == null
                                ? signedWith(credentials)
                                : signedWith(credentials).toBuilder()
                                        .putRawQueryParameter("x-attache-delivery", deliveryId)
                                        .build())
                .build();
        return url(
                presigner.presignGetObject(it -> it.signatureDuration(duration).getObjectRequest(request)));
    }

    SignedUrl put(ObjectRef object, UploadHeaders headers, AwsCredentials credentials, Duration duration) {
        StorageOptions storage = headers.attributes().storage();
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .contentType(headers.attributes().contentType())
                .contentLength(headers.contentLength())
                .ifNoneMatch("*")
                .checksumSHA256(headers.checksumSha256())
                .serverSideEncryption(storage.encryption().headers().get("x-amz-server-side-encryption"))
                .ssekmsKeyId(storage.encryption().kmsKeyId())
                .metadata(headers.attributes().metadata())
                .overrideConfiguration(signedWith(credentials));
        if (storage.storageClass() != null) {
            request.storageClass(storage.storageClass().name());
        }
        if (!storage.tags().isEmpty()) {
            request.tagging(tagging(storage));
        }
        return url(
                presigner.presignPutObject(it -> it.signatureDuration(duration).putObjectRequest(request.build())));
    }

    /** The SDK encodes the tags itself. */
    private static Tagging tagging(StorageOptions storage) {
        return Tagging.builder()
                .tagSet(storage.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    SignedUrl part(ObjectRef object, PartHeaders part, AwsCredentials credentials, Duration duration) {
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .uploadId(part.uploadId())
                .partNumber(part.partNumber())
                .contentLength(part.contentLength())
                .checksumSHA256(part.checksumSha256())
                .overrideConfiguration(signedWith(credentials))
                .build();
        return url(
                presigner.presignUploadPart(it -> it.signatureDuration(duration).uploadPartRequest(request)));
    }

    @Override
    public void close() {
        presigner.close();
    }

    private static AwsRequestOverrideConfiguration signedWith(AwsCredentials credentials) {
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private static SignedUrl url(PresignedRequest request) {
        return new SignedUrl(request.url().toExternalForm());
    }
}

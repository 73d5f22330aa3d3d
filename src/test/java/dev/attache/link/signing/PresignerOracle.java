package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.storage.FileNameMetadata;
import dev.attache.storage.RequestIds;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs with the SDK's {@link S3Presigner}: {@link PresignedUrls} must make the same URLs. */
final class PresignerOracle implements AutoCloseable {

    private final S3Presigner presigner;

    PresignerOracle(Region region, @Nullable URI endpoint, boolean pathStyle) {
        this.presigner = S3Presigner.builder()
                .region(region)
                .endpointOverride(endpoint)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
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
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .contentType(headers.contentType())
                .contentLength(headers.contentLength())
                .ifNoneMatch("*")
                .checksumSHA256(headers.checksumSha256())
                .serverSideEncryption(headers.encryption().headers().get("x-amz-server-side-encryption"))
                .ssekmsKeyId(headers.encryption().kmsKeyId())
                .metadata(metadata(headers))
                .overrideConfiguration(signedWith(credentials))
                .build();
        return url(
                presigner.presignPutObject(it -> it.signatureDuration(duration).putObjectRequest(request)));
    }

    private static Map<String, String> metadata(UploadHeaders headers) {
        Map<String, String> metadata = new HashMap<>(Map.of(RequestIds.METADATA, headers.requestId()));
        if (headers.fileName() != null) {
            metadata.put(FileNameMetadata.METADATA, headers.fileName());
        }
        return metadata;
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

package dev.attache.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.ObjectRef;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.StorageClass;
import dev.attache.storage.StorageOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class ObjectAttributesTests {

    private static final ObjectAttributes ATTRIBUTES = new ObjectAttributes(
            "application/pdf",
            "request 1/ü",
            "Übersicht.pdf",
            new StorageOptions(
                    new ObjectEncryption(ObjectEncryption.Kind.AWS_KMS, "alias/attache"),
                    StorageClass.STANDARD_IA,
                    Map.of("retention", "short", "cost center", "R+D")));

    @Test
    void aMultipartUploadIsCreatedWithTheHeadersOfAPut() {
        SdkHttpRequest sent = sentFor(ATTRIBUTES);

        Map<String, String> headers = new HashMap<>();
        sent.forEachHeader((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
        assertThat(headers)
                .containsAllEntriesOf(ATTRIBUTES.headers())
                .containsEntry("x-amz-checksum-algorithm", "SHA256");
        assertThat(headers.keySet().stream().filter(it -> it.startsWith("x-amz-") || it.startsWith("content-type")))
                .containsAll(ATTRIBUTES.headers().keySet())
                .hasSize(ATTRIBUTES.headers().size() + 1);
        assertThat(sent.encodedPath()).isEqualTo("/uploads/crm/1/1");
    }

    @Test
    void aMultipartUploadWithoutOptionsRequestsNone() {
        SdkHttpRequest sent = sentFor(new ObjectAttributes("application/pdf", "r-1", null, StorageOptions.NONE));

        assertThat(sent.headers().keySet().stream().map(String::toLowerCase).filter(it -> it.startsWith("x-amz-")))
                .containsExactlyInAnyOrder("x-amz-checksum-algorithm", "x-amz-meta-request-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " text/plain", "text/plain\r\nx-evil: 1", "text/plaün"})
    void aContentTypeThatIsNoHeaderIsRefused(String contentType) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ObjectAttributes(contentType, "r-1", null, StorageOptions.NONE));
    }

    /** The request as the SDK would send it; it is not sent. */
    private static SdkHttpRequest sentFor(ObjectAttributes attributes) {
        AtomicReference<SdkHttpRequest> sent = new AtomicReference<>();
        ExecutionInterceptor keep = new ExecutionInterceptor() {

            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes execution) {
                sent.set(context.httpRequest());
                throw new NotSentException();
            }
        };
        try (S3Client s3 = S3Client.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(it -> it.addExecutionInterceptor(keep))
                .build()) {
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> s3.createMultipartUpload(attributes
                            .createMultipartUpload(new ObjectRef("attachments", "uploads/crm/1/1", null))
                            .build()));
        }
        return sent.get();
    }

    private static final class NotSentException extends RuntimeException {}
}

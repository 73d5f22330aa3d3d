package dev.attache.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** How the AWS under test responds to presigned uploads. The worker relies on it. */
@AwsTest
@Tag("signatures")
class PresignedUploadIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = "ledger/presigned/" + UUID.randomUUID();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    @Tag("conditional-writes")
    void aLinkWorksOnce() throws Exception {
        var link = sign(Duration.ofMinutes(5));

        assertThat(put(link, "application/pdf", "once")).isEqualTo(200);
        assertThat(put(link, "application/pdf", "more")).isEqualTo(412);
    }

    @Test
    void anotherTypeIsRefused() throws Exception {
        assertThat(put(sign(Duration.ofMinutes(5)), "text/html", "once")).isEqualTo(403);
    }

    @Test
    void anotherLengthIsRefused() throws Exception {
        assertThat(put(sign(Duration.ofMinutes(5)), "application/pdf", "longer"))
                .isEqualTo(403);
    }

    @Test
    void anExpiredLinkIsRefused() {
        var link = sign(Duration.ofSeconds(1));

        Awaitility.await("the link to expire")
                .atMost(Duration.ofSeconds(10))
                .until(() -> put(link, "application/pdf", "late") == 403);
    }

    @Test
    void theUploadPageMaySendAndReadTheResponse() throws Exception {
        var page = TestAws.surroundings().pageOrigin();

        assertThat(preflight(page))
                .containsEntry("access-control-allow-origin", page)
                .hasEntrySatisfying(
                        "access-control-allow-methods",
                        methods -> assertThat(methods).contains("PUT"));
        assertThat(preflight("http://elsewhere.example")).doesNotContainKey("access-control-allow-origin");
    }

    private Map<String, String> preflight(String origin) throws IOException, InterruptedException {
        var response = http.send(
                HttpRequest.newBuilder(
                                URI.create(sign(Duration.ofMinutes(5)).url().toString()))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "PUT")
                        .header(
                                "Access-Control-Request-Headers",
                                "content-type,if-none-match,x-amz-meta-request-id,x-amz-meta-file-name")
                        .build(),
                BodyHandlers.discarding());
        return response.headers().map().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getFirst()));
    }

    private PresignedPutObjectRequest sign(Duration lifetime) {
        var aws = TestAws.surroundings();
        return aws.clients()
                .presigner()
                .presignPutObject(presign -> presign.signatureDuration(lifetime)
                        .putObjectRequest(put -> put.bucket(aws.bucket())
                                .key(key)
                                .contentType("application/pdf")
                                .contentLength(4L)
                                .ifNoneMatch("*")
                                .metadata(Map.of("request-id", "7c1f"))));
    }

    private int put(PresignedPutObjectRequest link, String contentType, String content)
            throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(link.url().toString()))
                                .PUT(BodyPublishers.ofString(content))
                                .header("content-type", contentType)
                                .header("if-none-match", "*")
                                .header("x-amz-meta-request-id", "7c1f")
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}

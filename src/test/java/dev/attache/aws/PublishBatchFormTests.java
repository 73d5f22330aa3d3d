package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/** The request has the same parameters with and without the interceptor. */
class PublishBatchFormTests {

    /** Records the requests and answers that they succeeded. */
    private static final class Wire implements SdkHttpClient {

        private static final byte[] ANSWER =
                "<PublishBatchResponse><PublishBatchResult/></PublishBatchResponse>".getBytes(StandardCharsets.UTF_8);

        private final List<String> bodies = new ArrayList<>();

        private final List<Map<String, List<String>>> headers = new ArrayList<>();

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            headers.add(request.httpRequest().headers());
            assertThat(request.httpRequest().rawQueryParameters()).isEmpty();
            try (InputStream body =
                    request.contentStreamProvider().orElseThrow().newStream()) {
                bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new ExecutableHttpRequest() {

                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(ANSWER)))
                            .build();
                }

                @Override
                public void abort() {
                    // Nothing to abort.
                }
            };
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }

    private final Random random = new Random(4711);

    private static Wire send(PublishBatchRequest request, ExecutionInterceptor... interceptors) {
        Wire wire = new Wire();
        try (SnsClient sns = SnsClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(URI.create("http://sns.invalid"))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(wire)
                .overrideConfiguration(
                        configuration -> Arrays.stream(interceptors).forEach(configuration::addExecutionInterceptor))
                .build()) {
            sns.publishBatch(request);
        }
        return wire;
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Test
    void theFormEqualsTheSdksForAnyMessages() {
        for (int i = 0; i < 20; i++) {
            PublishBatchRequest request = PublishBatchRequest.builder()
                    .topicArn("arn:aws:sns:eu-west-1:000000000000:deliveries")
                    .publishBatchRequestEntries(entries(1 + random.nextInt(10)))
                    .build();

            Wire expected = send(request);
            Wire actual = send(request, new PublishBatchForm());

            assertThat(parameters(actual.bodies.getFirst())).isEqualTo(parameters(expected.bodies.getFirst()));
            assertThat(actual.headers.getFirst().get("Content-Type"))
                    .isEqualTo(expected.headers.getFirst().get("Content-Type"));
            assertThat(actual.headers.getFirst().get("Content-Length"))
                    .containsExactly(String.valueOf(actual.bodies.getFirst().length()));
            assertThat(actual.headers.getFirst()).containsKey("Authorization");
        }
    }

    @Test
    void anUnknownRequestIsNotChanged() {
        PublishBatchRequest request = PublishBatchRequest.builder()
                .topicArn("arn:aws:sns:eu-west-1:000000000000:deliveries")
                .publishBatchRequestEntries(
                        entry -> entry.id("0").message("text").subject("Hello"))
                .build();

        assertThat(send(request, new PublishBatchForm()).bodies).isEqualTo(send(request).bodies);
    }

    private List<PublishBatchRequestEntry> entries(int count) {
        List<PublishBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(PublishBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .message(text(1 + random.nextInt(5_000)))
                    .messageAttributes(
                            random.nextInt(4) == 0
                                    ? Map.of()
                                    : Map.of("type", attribute("link.issued"), "source", attribute(text(5))))
                    .build());
        }
        return entries;
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(6)) {
                        case 0 -> " +%&=\"{}/:?~*\n\t".charAt(random.nextInt(14));
                        case 1 -> 0x1F300 + random.nextInt(0x300);
                        case 2 -> 0xA0 + random.nextInt(0x2000);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }
}

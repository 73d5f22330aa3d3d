package dev.attache.reliability;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sns.SnsClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * Answers some calls of a worker with errors in the form of each service. Other calls go to the AWS. A bean of that
 * worker.
 */
final class RefusingAws implements AwsSyncClientCustomizer {

    /**
     * Which calls are refused, and with which error.
     *
     * @param calls matches a part of {@code SNS <form>}, {@code SQS <action> <JSON>} or {@code S3 <method> <path>}
     */
    private record Rule(Pattern calls, int status, String code) {}

    private final AtomicInteger refused = new AtomicInteger();

    private volatile @Nullable Rule rule;

    /** Refuses these calls from now on, and no others. */
    void refuse(String calls, int status, String code) {
        rule = new Rule(Pattern.compile(calls), status, code);
    }

    void allowAll() {
        rule = null;
    }

    /** The number of refused calls. */
    int refused() {
        return refused.get();
    }

    @Override
    public void customize(AwsSyncClientBuilder<?, ?> builder) {
        switch (builder) {
            case SqsClientBuilder sqs -> sqs.httpClient(new Client("SQS", Apache5HttpClient.create()));
            case SnsClientBuilder sns -> sns.httpClient(new Client("SNS", Apache5HttpClient.create()));
            // The pages configure their client themselves.
            case S3ClientBuilder s3 -> s3.httpClientBuilder(defaults -> new Client("S3", Apache5HttpClient.create()));
            default -> {
                // The worker makes no other calls to this service.
            }
        }
    }

    private final class Client implements SdkHttpClient {

        private final String service;
        private final SdkHttpClient real;

        private Client(String service, SdkHttpClient real) {
            this.service = service;
            this.real = real;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            var now = rule;
            if (now == null || !now.calls().matcher(described(request)).find()) {
                return real.prepareRequest(request);
            }
            refused.incrementAndGet();
            return new ExecutableHttpRequest() {

                @Override
                public HttpExecuteResponse call() {
                    return answer(now, request);
                }

                @Override
                public void abort() {}
            };
        }

        private String described(HttpExecuteRequest request) {
            var http = request.httpRequest();
            return switch (service) {
                case "S3" -> "S3 " + http.method() + " " + http.encodedPath();
                case "SQS" ->
                    "SQS " + http.firstMatchingHeader("X-Amz-Target").orElse("").replace("AmazonSQS.", "") + " "
                            + body(request);
                default -> "SNS " + URLDecoder.decode(body(request), StandardCharsets.UTF_8);
            };
        }

        private static String body(HttpExecuteRequest request) {
            return request.contentStreamProvider()
                    .map(content -> {
                        try (var stream = content.newStream()) {
                            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .orElse("");
        }

        private HttpExecuteResponse answer(Rule rule, HttpExecuteRequest request) {
            boolean head = request.httpRequest().method().name().equals("HEAD");
            var body = switch (service) {
                case "S3" -> """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <Error><Code>%s</Code><Message>Refused by the test</Message><RequestId>0</RequestId></Error>\
                    """.formatted(rule.code());
                case "SQS" ->
                    "{\"__type\":\"com.amazonaws.sqs#%s\",\"message\":\"Refused by the test\"}".formatted(rule.code());
                default -> """
                    <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>%s</Code>\
                    <Message>Refused by the test</Message></Error><RequestId>0</RequestId></ErrorResponse>\
                    """.formatted(rule.code());
            };
            var response = SdkHttpResponse.builder()
                    .statusCode(rule.status())
                    .putHeader("Content-Type", service.equals("SQS") ? "application/x-amz-json-1.0" : "text/xml");
            if (service.equals("SQS")) {
                response.putHeader("x-amzn-query-error", rule.code() + ";Sender");
            }
            // "HeadObject": an error has no body.
            var content = head ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            return HttpExecuteResponse.builder()
                    .response(response.build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(content)))
                    .build();
        }

        @Override
        public String clientName() {
            return "Refusing";
        }

        @Override
        public void close() {
            real.close();
        }
    }
}

package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.link.signing.EmbeddedS3;
import dev.attache.link.signing.S3LinkSigner;
import dev.attache.link.signing.Signers;
import dev.attache.storage.StorageOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A machine with a wrong clock, and an S3 that checks links with its own clock. */
class S3ClockIT {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static EmbeddedS3 s3;

    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        s3 = new EmbeddedS3();
        s3.client().putObject(it -> it.bucket(EmbeddedS3.BUCKET).key("downloads/a"), RequestBody.fromString("a"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        s3.close();
    }

    private static S3LinkSigner signer(Clock clock) {
        return new S3LinkSigner(Signers.ambient(s3.credentials()), EmbeddedS3.REGION, s3.endpoint(), true, clock);
    }

    private static int status(SignedLink get) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(get.url().reveal())).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-10M", "PT10M"})
    void aLinkSignedWithAWrongClockWorksAndEndsByTheClockOfS3(Duration wrong) throws Exception {
        Clock local = Clock.offset(Clock.systemUTC(), wrong);
        S3Clock clock = new S3Clock(local);
        try (S3Client client = S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(EmbeddedS3.REGION)
                .forcePathStyle(true)
                .credentialsProvider(s3.credentials())
                .overrideConfiguration(it -> it.addExecutionInterceptor(clock.interceptor()))
                .build()) {
            client.headBucket(it -> it.bucket(EmbeddedS3.BUCKET));
        }

        S3LinkSigner signer = signer(clock);
        SignedLink get = signer.get(Signers.object("downloads/a"), "a", null, LIFETIME, LIFETIME);
        SignedLink put = signer.put(
                new UploadTarget(
                        Signers.object("uploads/a" + wrong), "text/plain", 1, null, "r", null, StorageOptions.NONE),
                LIFETIME,
                LIFETIME);
        HttpRequest.Builder upload =
                HttpRequest.newBuilder(URI.create(put.url().reveal())).PUT(BodyPublishers.ofString("a"));
        put.headers().forEach((name, value) -> {
            if (!name.equals("content-length")) {
                upload.header(name, value);
            }
        });

        assertThat(clock.offset()).isCloseTo(wrong.negated(), Duration.ofSeconds(5));
        assertThat(status(get)).isEqualTo(200);
        assertThat(http.send(upload.build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
        assertThat(get.expiresAt()).isCloseTo(Instant.now().plus(LIFETIME), within(30, ChronoUnit.SECONDS));
    }

    /** The link is valid for five minutes, which have ended by the clock of S3. */
    @Test
    void aLinkSignedWithoutTheCorrectionIsRefused() throws Exception {
        S3LinkSigner signer = signer(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10)));
        assertThat(status(signer.get(Signers.object("downloads/a"), "a", null, LIFETIME, LIFETIME)))
                .isEqualTo(403);
    }
}

package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.SettableClock;
import dev.attache.link.UploadTarget;
import dev.attache.storage.FileNames;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.ObjectKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.Region;

/**
 * The SDK's presigner is the oracle: every URL is the same as its, byte for byte. It goes by the machine's clock, so
 * its URL is made first and its time is then ours; for other times the signer that it uses itself is the oracle.
 */
class V4UrlSignerTests {

    private static final int EACH = 100;

    private static final List<Region> REGIONS =
            List.of(Region.EU_WEST_1, Region.US_EAST_1, Region.CN_NORTH_1, Region.US_GOV_WEST_1);

    private static final List<String> BUCKETS = List.of("attachments", "my.dotted.bucket", "b3-4", "Upper_Case");

    private static final List<@Nullable URI> ENDPOINTS = Arrays.asList(
            null,
            URI.create("http://localhost:9000"),
            URI.create("https://s3.example.com"),
            URI.create("https://s3.example.com:443"),
            URI.create("http://s3.example.com:80/"),
            URI.create("https://s3.example.com:8443/s3/base"));

    private final Random random = new Random(4711);

    private final SettableClock clock = new SettableClock(Instant.EPOCH);

    private void forEveryConfiguration(Comparison comparison) {
        for (Region region : REGIONS) {
            for (URI endpoint : ENDPOINTS) {
                for (boolean pathStyle : new boolean[] {false, true}) {
                    try (PresignerOracle oracle = new PresignerOracle(region, endpoint, pathStyle)) {
                        V4UrlSigner signer =
                                new V4UrlSigner(new BucketAddresses(region, endpoint, pathStyle), region.id(), clock);
                        for (int i = 0; i < EACH; i++) {
                            comparison.of(signer, oracle);
                        }
                    }
                }
            }
        }
    }

    @FunctionalInterface
    interface Comparison {

        void of(UrlSigner signer, UrlSigner oracle);
    }

    @Test
    void downloadsAreSignedAsTheSdkDoes() {
        forEveryConfiguration((signer, oracle) -> {
            ObjectRef object = new ObjectRef(bucket(), key(), random.nextBoolean() ? text(8) : null);
            String disposition = FileNames.attachmentDisposition(RandomText.of(random, 20));
            String contentType = random.nextBoolean() ? "text/plain; charset=\"utf-8\"" : null;
            AwsCredentials credentials = credentials();
            Duration duration = duration();

            SignedUrl expected = oracle.get(object, disposition, contentType, credentials, duration);
            clock.set(SignedQuery.of(expected).signedAt());

            assertThat(signer.get(object, disposition, contentType, credentials, duration)
                            .reveal())
                    .isEqualTo(expected.reveal());
        });
    }

    @Test
    void uploadsAreSignedAsTheSdkDoes() {
        forEveryConfiguration((signer, oracle) -> {
            ObjectRef object = new ObjectRef(bucket(), key(), null);
            UploadHeaders headers = UploadHeaders.of(
                    new UploadTarget(
                            object,
                            any(List.of("application/pdf", "text/plain;  charset=utf-8", "image/svg+xml")),
                            random.nextLong(1L << 40),
                            random.nextBoolean() ? sha256() : null,
                            RandomText.of(random, 12),
                            random.nextBoolean() ? RandomText.of(random, 12) : null),
                    any(List.of(
                            ObjectEncryption.NONE,
                            new ObjectEncryption(ObjectEncryption.Kind.AES256, null),
                            new ObjectEncryption(
                                    ObjectEncryption.Kind.AWS_KMS, "arn:aws:kms:eu-west-1:111122223333:key/7c1f"))));
            AwsCredentials credentials = credentials();
            Duration duration = duration();

            SignedUrl expected = oracle.put(object, headers, credentials, duration);
            clock.set(SignedQuery.of(expected).signedAt());

            assertThat(signer.put(object, headers, credentials, duration).reveal())
                    .isEqualTo(expected.reveal());
        });
    }

    @Test
    void atAnyTimeTheSignatureIsTheSdks() {
        AwsV4HttpSigner sdk = AwsV4HttpSigner.create();
        V4UrlSigner signer = new V4UrlSigner(new BucketAddresses(Region.EU_WEST_1, null, false), "eu-west-1", clock);
        for (int i = 0; i < 2_000; i++) {
            clock.set(Instant.ofEpochMilli(random.nextLong(4_102_444_800_000L)));
            AwsCredentials credentials = credentials();
            Duration duration = duration();
            String url = signer.get(
                            new ObjectRef("attachments", key(), null), "attachment", null, credentials, duration)
                    .reveal();

            SdkHttpRequest unsigned = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.GET)
                    .uri(URI.create(url.substring(0, url.indexOf('?'))))
                    .putRawQueryParameter("response-content-disposition", "attachment")
                    .build();
            SdkHttpRequest signed = sdk.sign(request -> request.identity(credentials)
                            .request(unsigned)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                            .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                            .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, duration)
                            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                            .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                    .request();

            assertThat(signed.firstMatchingRawQueryParameter("X-Amz-Signature"))
                    .contains(ReferenceSignature.signatureIn(url));
        }
    }

    /**
     * "Authenticating Requests: Using Query Parameters", the example; its URL asks for no disposition, so the key alone
     * is compared.
     */
    @Test
    void theSigningKeyIsTheOneThatAwsPublishes() {
        byte[] signature = new SigningKeys("us-east-1").sign(Signers.SECRET, "20130524", """
            AWS4-HMAC-SHA256
            20130524T000000Z
            20130524/us-east-1/s3/aws4_request
            3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04\
            """);

        assertThat(HexFormat.of().formatHex(signature))
                .isEqualTo("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @Test
    void aNewDayAndANewSecretHaveKeysOfTheirOwn() {
        SigningKeys keys = new SigningKeys("us-east-1");
        byte[] first = keys.sign("secret", "20261121", "text");

        assertThat(keys.sign("secret", "20261122", "text")).isNotEqualTo(first);
        assertThat(keys.sign("another", "20261121", "text")).isNotEqualTo(first);
        assertThat(keys.sign("secret", "20261121", "text")).isEqualTo(first);
    }

    private static final List<String> DELICATE = List.of(
            "a b+c%2Bd~e",
            "über/naïve.pdf",
            "a/../b",
            "./x",
            "日本語 ファイル.pdf",
            "*'()!@$&,;=:[]",
            "q?x=1#y",
            "trailing.",
            "tab\tand%",
            "😀/🎉.txt");

    private String bucket() {
        return random.nextInt(4) == 0 ? "b" + Long.toString(random.nextLong(Long.MAX_VALUE), 36) : any(BUCKETS);
    }

    /** No leading slash and no empty segment: {@link ObjectKeys} lets none through. */
    private String key() {
        String text = random.nextInt(3) == 0 ? any(DELICATE) : text(1 + random.nextInt(40));
        return "k" + text.replaceAll("/+", "/") + "z";
    }

    /** Without unpaired surrogates: {@link ObjectKeys} refuses them, and no credentials hold any. */
    private String text(int length) {
        return new String(RandomText.of(random, length).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private AwsCredentials credentials() {
        String secret = random.nextInt(10) == 0 ? text(40) : Signers.SECRET;
        return random.nextBoolean()
                ? AwsBasicCredentials.create(Signers.ACCESS_KEY, secret)
                : AwsSessionCredentials.create(Signers.ACCESS_KEY, secret, text(1 + random.nextInt(900)) + "=");
    }

    private Duration duration() {
        return Duration.ofSeconds(1 + random.nextInt(604_800));
    }

    private String sha256() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return HexFormat.of().formatHex(digest);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

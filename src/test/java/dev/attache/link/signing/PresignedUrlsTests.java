package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.UploadTarget;
import dev.attache.link.credentials.PresignTerms;
import dev.attache.storage.FileNames;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.ObjectKeys;
import dev.attache.storage.StorageClass;
import dev.attache.storage.StorageOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
 * Compares each URL byte for byte with the one that the SDK's presigner makes. The presigner reads the machine's clock,
 * so it signs first, and its time is then used for the other URL. For other times, the SDK's own signer is the oracle.
 */
class PresignedUrlsTests {

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

    private void forEveryConfiguration(Comparison comparison) {
        for (Region region : REGIONS) {
            for (URI endpoint : ENDPOINTS) {
                for (boolean pathStyle : new boolean[] {false, true}) {
                    try (PresignerOracle oracle =
                            new PresignerOracle(region, endpoint, pathStyle, EndpointVariant.STANDARD)) {
                        PresignedUrls urls = new PresignedUrls(
                                new BucketAddresses(region, endpoint, pathStyle, EndpointVariant.STANDARD),
                                new SignatureV4(region.id()));
                        for (int i = 0; i < EACH; i++) {
                            comparison.of(urls, oracle);
                        }
                    }
                }
            }
        }
    }

    @FunctionalInterface
    interface Comparison {

        void of(PresignedUrls urls, PresignerOracle oracle);
    }

    @Test
    void aDownloadHasTheUrlOfTheSdksPresigner() {
        forEveryConfiguration((urls, oracle) -> {
            ObjectRef object = new ObjectRef(bucket(), key(), random.nextBoolean() ? text(8) : null);
            String disposition = FileNames.attachmentDisposition(RandomText.of(random, 20));
            String contentType = random.nextBoolean() ? "text/plain; charset=\"utf-8\"" : null;
            String deliveryId = random.nextBoolean() ? any(DELIVERIES) : null;
            AwsCredentials credentials = credentials();
            Duration duration = duration();

            SignedUrl expected = oracle.get(object, disposition, contentType, deliveryId, credentials, duration);

            assertThat(urls.get(object, disposition, contentType, deliveryId, terms(expected, credentials, duration))
                            .reveal())
                    .isEqualTo(expected.reveal());
        });
    }

    @Test
    void anUploadHasTheUrlOfTheSdksPresigner() {
        forEveryConfiguration((urls, oracle) -> {
            ObjectRef object = new ObjectRef(bucket(), key(), null);
            UploadHeaders headers = UploadHeaders.of(new UploadTarget(
                    object,
                    any(List.of("application/pdf", "text/plain;  charset=utf-8", "image/svg+xml")),
                    random.nextLong(1L << 40),
                    random.nextBoolean() ? sha256() : null,
                    RandomText.of(random, 12),
                    random.nextBoolean() ? RandomText.of(random, 12) : null,
                    storage()));
            AwsCredentials credentials = credentials();
            Duration duration = duration();

            SignedUrl expected = oracle.put(object, headers, credentials, duration);

            assertThat(urls.put(object, headers, terms(expected, credentials, duration))
                            .reveal())
                    .isEqualTo(expected.reveal());
        });
    }

    @Test
    void aPartHasTheUrlOfTheSdksPresigner() {
        forEveryConfiguration((urls, oracle) -> {
            ObjectRef object = new ObjectRef(bucket(), key(), null);
            PartHeaders part = new PartHeaders(
                    "u" + text(30),
                    1 + random.nextInt(10_000),
                    1 + random.nextLong(5L << 30),
                    UploadHeaders.base64(sha256()));
            AwsCredentials credentials = credentials();
            Duration duration = duration();

            SignedUrl expected = oracle.part(object, part, credentials, duration);

            assertThat(urls.part(object, part, terms(expected, credentials, duration))
                            .reveal())
                    .isEqualTo(expected.reveal());
        });
    }

    @Test
    void aLinkOfAVariantHasTheUrlOfTheSdksPresigner() {
        List<EndpointVariant> variants = List.of(
                new EndpointVariant(true, false, false),
                new EndpointVariant(false, true, false),
                new EndpointVariant(true, true, false),
                new EndpointVariant(false, false, true),
                new EndpointVariant(true, false, true));
        for (Region region : List.of(Region.US_EAST_1, Region.US_GOV_WEST_1)) {
            for (EndpointVariant variant : variants) {
                try (PresignerOracle oracle = new PresignerOracle(region, null, false, variant)) {
                    PresignedUrls urls = new PresignedUrls(
                            new BucketAddresses(region, null, false, variant), new SignatureV4(region.id()));
                    ObjectRef object = new ObjectRef("attachments", key(), null);
                    AwsCredentials credentials = credentials();

                    SignedUrl expected = oracle.get(object, "attachment", null, null, credentials, duration());

                    assertThat(urls.get(
                                            object,
                                            "attachment",
                                            null,
                                            null,
                                            terms(
                                                    expected,
                                                    credentials,
                                                    SignedQuery.of(expected).validFor()))
                                    .reveal())
                            .isEqualTo(expected.reveal());
                }
            }
        }
    }

    @Test
    void aSignatureOfAnyTimeIsThatOfTheSdksSigner() {
        AwsV4HttpSigner sdk = AwsV4HttpSigner.create();
        PresignedUrls urls = new PresignedUrls(
                new BucketAddresses(Region.EU_WEST_1, null, false, EndpointVariant.STANDARD),
                new SignatureV4("eu-west-1"));
        for (int i = 0; i < 2_000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(4_102_444_800_000L));
            AwsCredentials credentials = credentials();
            Duration duration = duration();
            String url = urls.get(
                            new ObjectRef("attachments", key(), null),
                            "attachment",
                            null,
                            null,
                            new PresignTerms(credentials, time, duration, Instant.MAX))
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
                            .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                    .request();

            assertThat(signed.firstMatchingRawQueryParameter("X-Amz-Signature"))
                    .contains(ReferenceSignature.signatureIn(url));
        }
    }

    /** The worker's own ids, and one that must be encoded. */
    private static final List<String> DELIVERIES = List.of("3c1a9d7e-2f4b-5a6c-8d7e-9f0a1b2c3d07", "order 7/ü+a&b=c");

    private static final List<String> SPECIAL_KEYS = List.of(
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

    private static PresignTerms terms(SignedUrl expected, AwsCredentials credentials, Duration lifetime) {
        return new PresignTerms(credentials, SignedQuery.of(expected).signedAt(), lifetime, Instant.MAX);
    }

    private StorageOptions storage() {
        ObjectEncryption encryption = any(List.of(
                ObjectEncryption.NONE,
                new ObjectEncryption(ObjectEncryption.Kind.AES256, null),
                new ObjectEncryption(ObjectEncryption.Kind.AWS_KMS, "arn:aws:kms:eu-west-1:111122223333:key/7c1f")));
        return new StorageOptions(
                encryption,
                random.nextBoolean() ? any(List.of(StorageClass.values())) : null,
                any(List.of(
                        Map.of(), Map.of("retention", "short"), Map.of("über uns", "a+b=c/d:e@f", "z", "", "Z", "1"))));
    }

    private String bucket() {
        return random.nextInt(4) == 0 ? "b" + Long.toString(random.nextLong(Long.MAX_VALUE), 36) : any(BUCKETS);
    }

    /** No leading slash and no empty segment: {@link ObjectKeys} refuses both. */
    private String key() {
        String text = random.nextInt(3) == 0 ? any(SPECIAL_KEYS) : text(1 + random.nextInt(40));
        return "k" + text.replaceAll("/+", "/") + "z";
    }

    /** Without unpaired surrogates: {@link ObjectKeys} refuses them, and credentials contain none. */
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

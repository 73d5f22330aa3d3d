package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.StorageClass;
import dev.attache.storage.StorageOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.util.UriUtils;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

class S3LinkSignerTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The SHA-256 of empty content in base64. */
    private static final String SUM = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private final S3LinkSigner signer = Signers.ofUser();

    @Test
    void theReferenceSignatureIsThatOfThePublishedExample() throws Exception {
        String url = "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host";

        assertThat(ReferenceSignature.of("GET", url, "test.txt", Map.of(), Signers.SECRET))
                .isEqualTo("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @Test
    void aLinkThatIsLongerThanTheContractAllowsIsRejected() {
        ObjectRef object = Signers.object("\u6587".repeat(341));
        String fileName = "\u6587".repeat(200);

        assertThat(signer.get(object, fileName, null, HOUR, MINUTE).url().reveal())
                .hasSizeBetween(6_000, SignedUrl.MAX_LENGTH);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> withToken("t".repeat(2_048)).get(object, fileName, null, HOUR, MINUTE))
                .withMessageContaining("shorten the key or the file name")
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION));
    }

    private static S3LinkSigner withToken(String token) {
        return new S3LinkSigner(
                Signers.ambient(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(Signers.ACCESS_KEY, Signers.SECRET, token))),
                Region.EU_WEST_1,
                null,
                false,
                Clock.systemUTC());
    }

    @Test
    void downloadsOfAnyKeyAndNameAreSignedAsTheReferenceDoes() throws Exception {
        Random random = new Random(42);

        for (int i = 0; i < 300; i++) {
            String key = "downloads/" + key(random);
            String url = signer.get(
                            new ObjectRef("attachments", key, random.nextBoolean() ? "v+/=" : null),
                            RandomText.of(random, 20),
                            random.nextBoolean() ? "text/plain; charset=utf-8" : null,
                            HOUR,
                            MINUTE)
                    .url()
                    .reveal();

            assertThat(ReferenceSignature.signatureIn(url))
                    .as(key)
                    .isEqualTo(ReferenceSignature.of("GET", url, key, Map.of(), Signers.SECRET));
            assertThat(url)
                    .startsWith("https://attachments.s3.eu-west-1.amazonaws.com/"
                            + ReferenceSignature.encode(key, false) + "?");
        }
    }

    @Test
    void uploadsToAnyKeyAreSignedAsTheReferenceDoesWithTheHeadersGiven() throws Exception {
        Random random = new Random(43);

        for (int i = 0; i < 300; i++) {
            String key = "uploads/" + key(random);
            SignedLink link = signer.put(
                    new UploadTarget(
                            Signers.object(key),
                            "image/svg+xml",
                            random.nextInt(100_000),
                            random.nextBoolean() ? Signers.SHA256 : null,
                            RandomText.of(random, 12),
                            RandomText.of(random, 12),
                            StorageOptions.NONE),
                    HOUR,
                    MINUTE);
            String url = link.url().reveal();

            assertThat(ReferenceSignature.signatureIn(url))
                    .as(key)
                    .isEqualTo(ReferenceSignature.of("PUT", url, key, link.headers(), Signers.SECRET));
        }
    }

    @Test
    void aDownloadSignsNoHeaderButHostSoThatAnyBrowserCanUseIt() {
        SignedLink link = signer.get(Signers.object("downloads/a.pdf"), "a.pdf", "application/pdf", HOUR, MINUTE);

        assertThat(link.headers()).isEmpty();
        assertThat(link.fields()).isEmpty();
        assertThat(SignedQuery.of(link.url()).signedHeaders()).containsExactly("host");
    }

    @Test
    void aDownloadRequestsTheFileNameInAscii() {
        String url = signer.get(
                        Signers.object("downloads/a"), "Año\r\nX-Evil: 1\u202E.pdf", "text/h\ntml", HOUR, MINUTE)
                .url()
                .reveal();

        assertThat(url)
                .contains("response-content-disposition=attachment%3B%20filename%3D%22AnoX-Evil%3A%201.pdf%22")
                .doesNotContain("%0A", "%0D", "response-content-type");
    }

    @Test
    void anUploadSignsExactlyTheHeadersOfItsLink() {
        SignedLink link = signer.put(Signers.upload("uploads/crm/1/a.pdf", Signers.SHA256), HOUR, MINUTE);

        assertThat(link.headers())
                .containsExactly(
                        Map.entry("content-type", "application/pdf"),
                        Map.entry("content-length", "1234"),
                        Map.entry("if-none-match", "*"),
                        Map.entry("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
                        Map.entry("x-amz-meta-request-id", "7c1f"));
        assertThat(SignedQuery.of(link.url()).signedHeaders())
                .containsExactlyInAnyOrder(
                        "host",
                        "content-type",
                        "content-length",
                        "if-none-match",
                        "x-amz-checksum-sha256",
                        "x-amz-meta-request-id");
    }

    /** The policy of a bucket may refuse uploads that request no encryption. */
    @Test
    void uploadLinksAndFormsRequestTheEncryptionStorageClassAndTagsOfTheirTarget() {
        UploadTarget target = Signers.upload(
                "uploads/crm/1/a.pdf",
                null,
                new StorageOptions(
                        new ObjectEncryption(ObjectEncryption.Kind.AWS_KMS, "key-1"),
                        StorageClass.STANDARD_IA,
                        Map.of("retention", "short", "cost center", "R+D")));
        SignedLink put = signer.put(target, HOUR, MINUTE);
        SignedLink post = signer.post(target, 99, HOUR, MINUTE);

        assertThat(put.headers())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "key-1");
        assertThat(SignedQuery.of(put.url()).signedHeaders())
                .contains("x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id");
        assertThat(post.fields())
                .containsEntry("x-amz-server-side-encryption", "aws:kms")
                .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "key-1");
        assertThat(new String(Base64.getDecoder().decode(post.fields().get("policy")), StandardCharsets.UTF_8))
                .contains("[\"eq\",\"$x-amz-server-side-encryption\",\"aws:kms\"]")
                .contains("[\"eq\",\"$x-amz-storage-class\",\"STANDARD_IA\"]")
                .contains("[\"eq\",\"$tagging\",\"<Tagging>");
        assertThat(put.headers())
                .containsEntry("x-amz-storage-class", "STANDARD_IA")
                .containsEntry("x-amz-tagging", "cost%20center=R%2BD&retention=short");
        assertThat(SignedQuery.of(put.url()).signedHeaders()).contains("x-amz-storage-class", "x-amz-tagging");
        assertThat(post.fields())
                .containsEntry("x-amz-storage-class", "STANDARD_IA")
                .containsEntry("tagging", """
                    <Tagging><TagSet><Tag><Key>cost center</Key><Value>R+D</Value></Tag>\
                    <Tag><Key>retention</Key><Value>short</Value></Tag></TagSet></Tagging>\
                    """)
                .doesNotContainKey("x-amz-tagging");
    }

    @Test
    void noChecksumAlgorithmIsSignedWithoutAValue() {
        SignedLink link = signer.put(Signers.upload("uploads/crm/1/a.pdf", null), HOUR, MINUTE);

        assertThat(link.url().reveal().toLowerCase()).doesNotContain("checksum", "crc32");
        assertThat(link.headers()).doesNotContainKey("x-amz-checksum-sha256");
    }

    @Test
    void aRequestIdIsPercentEncodedAsVisibleAscii() {
        String id = "événement 1%/\r\n😀";

        String metadata = signer.put(
                        new UploadTarget(
                                Signers.object("uploads/a"), "text/plain", 1, null, id, null, StorageOptions.NONE),
                        HOUR,
                        MINUTE)
                .headers()
                .get("x-amz-meta-request-id");

        assertThat(metadata).matches("[\\x21-\\x7E]+");
        assertThat(UriUtils.decode(metadata, StandardCharsets.UTF_8)).isEqualTo(id);
    }

    @Test
    void theTextOfALinkContainsNoSignatureOrToken() {
        Clock clock = Clock.systemUTC();
        S3LinkSigner ofRole = Signers.ofRole(clock.instant().plus(HOUR), clock);
        SignedLink get = ofRole.get(Signers.object("downloads/a.pdf"), "a.pdf", null, HOUR, MINUTE);
        SignedLink put = ofRole.put(Signers.upload("uploads/a.pdf", null), HOUR, MINUTE);
        SignedLink post = ofRole.post(Signers.upload("uploads/a.pdf", null), 10, HOUR, MINUTE);

        assertThat(List.of(get, put, post))
                .extracting(SignedLink::toString)
                .allSatisfy(shown -> assertThat(shown)
                        .contains("https://attachments.s3")
                        .doesNotContain("X-Amz-", "to/ken", Signers.ACCESS_KEY)
                        .doesNotContain(
                                post.fields().get("x-amz-signature"),
                                post.fields().get("policy")));
    }

    @Test
    void aPartSignsItsNumberUploadSizeAndContent() {
        SignedLink link = signer.part(Signers.object("uploads/crm/1/1"), "upload/+1", 3, 5 << 20, SUM, HOUR, MINUTE);

        assertThat(link.method()).isEqualTo("PUT");
        assertThat(link.url().reveal()).contains("/uploads/crm/1/1?partNumber=3&uploadId=upload%2F%2B1&");
        assertThat(link.headers())
                .containsExactly(Map.entry("content-length", "5242880"), Map.entry("x-amz-checksum-sha256", SUM));
        assertThat(SignedQuery.of(link.url()).signedHeaders())
                .containsExactlyInAnyOrder("host", "content-length", "x-amz-checksum-sha256");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 1, " + SUM,
        "u, 0, 1, " + SUM,
        "u, 10001, 1, " + SUM,
        "u, 1, 0, " + SUM,
        "u, 1, 5368709121, " + SUM,
        "u, 1, 1, AAAA",
    })
    void aPartThatS3CannotStoreIsNotSigned(String uploadId, int number, long length, String sha256) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(
                        () -> signer.part(Signers.object("uploads/a"), uploadId, number, length, sha256, HOUR, MINUTE));
    }

    @Test
    void aKeyWithDotSegmentsIsSignedUnchanged() {
        String url = signer.get(Signers.object("a/../b"), "b", null, HOUR, MINUTE)
                .url()
                .reveal();

        assertThat(url).startsWith("https://attachments.s3.eu-west-1.amazonaws.com/a/../b?");
    }

    @Test
    void aDownloadIsSignedForGetAndNotForHead() throws Exception {
        String url =
                signer.get(Signers.object("a"), "a", null, HOUR, MINUTE).url().reveal();

        assertThat(ReferenceSignature.signatureIn(url))
                .isEqualTo(ReferenceSignature.of("GET", url, "a", Map.of(), Signers.SECRET))
                .isNotEqualTo(ReferenceSignature.of("HEAD", url, "a", Map.of(), Signers.SECRET));
    }

    @Test
    void thePublicEndpointIsTheHostThatIsSigned() throws Exception {
        S3LinkSigner ofPublic = Signers.ofUser(URI.create("https://attache.example.com"), true);
        String url = ofPublic.get(Signers.object("downloads/a.pdf"), "a.pdf", null, HOUR, MINUTE)
                .url()
                .reveal();

        assertThat(url).startsWith("https://attache.example.com/attachments/downloads/a.pdf?");
        assertThat(ReferenceSignature.signatureIn(url))
                .isEqualTo(ReferenceSignature.of("GET", url, "attachments/downloads/a.pdf", Map.of(), Signers.SECRET));
    }

    @Test
    void anUploadSignsTheHeadersOfItsLinkAndTheHostAndNoOthers() {
        Random random = new Random(44);
        for (int i = 0; i < 100; i++) {
            ObjectEncryption encryption = random.nextBoolean()
                    ? ObjectEncryption.NONE
                    : new ObjectEncryption(ObjectEncryption.Kind.AWS_KMS, random.nextBoolean() ? null : "key-1");
            SignedLink link = signer.put(
                    new UploadTarget(
                            Signers.object("uploads/a"),
                            "text/plain",
                            1,
                            random.nextBoolean() ? Signers.SHA256 : null,
                            "r-1",
                            random.nextBoolean() ? "a.txt" : null,
                            new StorageOptions(encryption, null, Map.of())),
                    HOUR,
                    MINUTE);

            Set<String> headers = new HashSet<>(link.headers().keySet());
            headers.add("host");
            assertThat(SignedQuery.of(link.url()).signedHeaders()).isEqualTo(headers);
        }
    }

    private static String key(Random random) {
        String text = RandomText.of(random, 1 + random.nextInt(40)).replaceAll("[\\p{Cc}\\p{Cs}]", "_");
        return random.nextInt(4) == 0 ? "a/../" + text : text;
    }
}

package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.value.ObjectRef;
import dev.attache.encoding.Sha256;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.Endpoints;
import dev.attache.sandbox.TestAws;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.StorageClass;
import dev.attache.storage.StorageOptions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Each kind of link as its holder uses it: what works, and what S3 refuses. {@code docs/links.md} lists both. Runs on
 * the AWS that {@code -Daws} chooses.
 */
@AwsTest
@Tag("signatures")
class EveryKindOfLinkIT {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final byte[] CONTENT = "a few bytes, ünmistakably".getBytes(StandardCharsets.UTF_8);

    private static final byte[] OTHER = "b few bytes, ünmistakably".getBytes(StandardCharsets.UTF_8);

    private static final Map<String, String> TAGS = Map.of("retention", "short", "cost center", "R+D/ü");

    /** The smallest size of a part that is not the last one. */
    private static final int PART = 5 << 20;

    private static S3LinkSigner signer;

    private static S3Client s3;

    private static String bucket;

    private static LinkClient holder;

    private final String folder = "ledger/links/" + UUID.randomUUID() + "/";

    @BeforeAll
    static void sign() {
        Endpoints endpoints = TestAws.surroundings().endpoints();
        signer = new S3LinkSigner(
                Signers.ambient(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(endpoints.accessKey(), endpoints.secretKey()))),
                Region.of(endpoints.region()),
                endpoints.s3(),
                true,
                Clock.systemUTC());
        s3 = TestAws.surroundings().clients().s3();
        bucket = TestAws.surroundings().bucket();
        holder = new LinkClient();
    }

    @AfterAll
    static void close() {
        holder.close();
    }

    private ObjectRef object(String name) {
        return new ObjectRef(bucket, folder + name, null);
    }

    private ObjectRef stored(String name, byte[] content) {
        ObjectRef object = object(name);
        s3.putObject(it -> it.bucket(bucket).key(object.key()), RequestBody.fromBytes(content));
        return object;
    }

    private UploadTarget target(String name, byte[] sealed, StorageOptions storage) {
        return new UploadTarget(
                object(name),
                "application/pdf",
                CONTENT.length,
                sealed.length == 0 ? null : HexFormat.of().formatHex(sha256(sealed)),
                "request 1/ü",
                "Übersicht.pdf",
                storage);
    }

    /** Without a SHA-256. */
    private UploadTarget target(String name) {
        return target(name, new byte[0], StorageOptions.NONE);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEnd(SignedLink link) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Instant.now().isAfter(link.expiresAt().plusSeconds(1)));
    }

    private byte[] content(String name) {
        return s3.getObjectAsBytes(it -> it.bucket(bucket).key(folder + name)).asByteArray();
    }

    private HeadObjectResponse head(String name) {
        return s3.headObject(it -> it.bucket(bucket).key(folder + name));
    }

    private void assertMetadata(String name) {
        assertThat(head(name).contentType()).isEqualTo("application/pdf");
        assertThat(head(name).metadata())
                .containsEntry("request-id", "request%201/%C3%BC")
                .containsEntry("file-name", "%C3%9Cbersicht.pdf");
    }

    private void assertNothingStored(String name) {
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> head(name))
                .satisfies(absent -> assertThat(absent.statusCode()).isEqualTo(404));
    }

    @Test
    void aDownloadNeedsNothingButItsAddress() {
        SignedLink link = signer.get(stored("a", CONTENT), "Übersicht.pdf", "application/pdf", "d-1", HOUR, SECOND);

        HttpResponse<byte[]> answer = holder.get(link);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(CONTENT);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("attachment; filename="));
        assertThat(holder.get(link).body()).isEqualTo(CONTENT);
    }

    @Test
    void aDownloadOfAnotherObjectNameTypeOrDeliveryIsRefused() {
        SignedLink link = signer.get(stored("a", CONTENT), "a.pdf", "application/pdf", "d-1", HOUR, SECOND);
        stored("b", OTHER);

        assertThat(holder.get(LinkClient.withUrl(link, "/a?", "/b?")).statusCode())
                .isEqualTo(403);
        assertThat(holder.get(LinkClient.withUrl(link, "a.pdf", "b.pdf")).statusCode())
                .isEqualTo(403);
        assertThat(holder.get(LinkClient.withUrl(link, "application%2Fpdf", "text%2Fhtml"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.get(LinkClient.withUrl(link, "x-attache-delivery=d-1", "x-attache-delivery=d-2"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.get(LinkClient.withUrl(link, "X-Amz-Expires=3600", "X-Amz-Expires=7200"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.head(link)).isEqualTo(403);
    }

    @Test
    void aDownloadAfterItsEndIsRefused() {
        SignedLink link = signer.get(stored("a", CONTENT), "a.pdf", null, SECOND, SECOND);

        awaitEnd(link);

        assertThat(holder.get(link).statusCode()).isEqualTo(403);
    }

    @Test
    @Tag("versioning")
    void aDownloadOfAVersionReturnsThatVersion() {
        String versioned = "links-" + UUID.randomUUID();
        s3.createBucket(it -> it.bucket(versioned));
        s3.putBucketVersioning(
                it -> it.bucket(versioned).versioningConfiguration(to -> to.status(BucketVersioningStatus.ENABLED)));
        String first = s3.putObject(it -> it.bucket(versioned).key("a"), RequestBody.fromBytes(CONTENT))
                .versionId();
        String second = s3.putObject(it -> it.bucket(versioned).key("a"), RequestBody.fromBytes(OTHER))
                .versionId();
        SignedLink link = signer.get(new ObjectRef(versioned, "a", first), "a.pdf", null, HOUR, SECOND);

        assertThat(holder.get(link).body()).isEqualTo(CONTENT);
        assertThat(holder.get(LinkClient.withUrl(link, first, second)).statusCode())
                .isEqualTo(403);
    }

    @Test
    @Tag("conditional-writes")
    void aPutWorksOnce() {
        SignedLink link = signer.put(target("a"), HOUR, SECOND);

        assertThat(holder.send(link, CONTENT).statusCode()).isEqualTo(200);
        assertThat(holder.send(link, CONTENT).statusCode()).isEqualTo(412);

        assertThat(content("a")).isEqualTo(CONTENT);
        assertMetadata("a");
    }

    @Test
    void aPutWithAnotherHeaderOrWithoutOneIsRefused() {
        SignedLink link = signer.put(
                target(
                        "a",
                        CONTENT,
                        new StorageOptions(
                                new ObjectEncryption(ObjectEncryption.Kind.AES256, null),
                                StorageClass.STANDARD_IA,
                                Map.of())),
                HOUR,
                SECOND);

        assertThat(link.headers())
                .hasSize(8)
                .containsKeys("content-length", "if-none-match", "x-amz-server-side-encryption", "x-amz-storage-class");
        for (String name : link.headers().keySet()) {
            if (name.equals("content-length")) {
                continue;
            }
            assertThat(holder.send(LinkClient.withoutHeader(link, name), CONTENT)
                            .statusCode())
                    .as("without %s", name)
                    .isEqualTo(403);
            assertThat(holder.send(LinkClient.withHeader(link, name, "other"), CONTENT)
                            .statusCode())
                    .as("another %s", name)
                    .isEqualTo(403);
        }
        assertThat(holder.send(link, new byte[CONTENT.length + 1]).statusCode()).isEqualTo(403);
        assertThat(holder.send(LinkClient.withUrl(link, "/a?", "/b?"), CONTENT).statusCode())
                .isEqualTo(403);
        assertNothingStored("a");
    }

    @Test
    void aPutOfOtherContentIsRefusedIfTheLinkHasItsChecksum() {
        SignedLink link = signer.put(target("a", CONTENT, StorageOptions.NONE), HOUR, SECOND);

        assertThat(holder.send(link, OTHER).statusCode()).isEqualTo(400);
        assertNothingStored("a");
        assertThat(holder.send(link, CONTENT).statusCode()).isEqualTo(200);
    }

    @Test
    void aPutAfterItsEndIsRefused() {
        SignedLink link = signer.put(target("a"), SECOND, SECOND);

        awaitEnd(link);

        assertThat(holder.send(link, CONTENT).statusCode()).isEqualTo(403);
    }

    @Test
    void aPutIsStoredAsItsLinkRequests() {
        SignedLink link = signer.put(target("a", CONTENT, options(Map.of())), HOUR, SECOND);

        assertThat(holder.send(link, CONTENT).statusCode()).isEqualTo(200);

        assertStoredAsRequested("a");
    }

    @Test
    @Tag("tagging")
    void aPutIsStoredWithTheTagsOfItsLink() {
        SignedLink link = signer.put(target("a", CONTENT, options(TAGS)), HOUR, SECOND);

        assertThat(holder.send(LinkClient.withHeader(link, "x-amz-tagging", "retention=long"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.send(LinkClient.withoutHeader(link, "x-amz-tagging"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.send(link, CONTENT).statusCode()).isEqualTo(200);

        assertStoredAsRequested("a");
        assertTagged("a");
    }

    private static StorageOptions options(Map<String, String> tags) {
        return new StorageOptions(
                new ObjectEncryption(ObjectEncryption.Kind.AES256, null), StorageClass.STANDARD_IA, tags);
    }

    private void assertStoredAsRequested(String name) {
        assertThat(head(name).serverSideEncryptionAsString()).isEqualTo("AES256");
        assertThat(head(name).storageClassAsString()).isEqualTo("STANDARD_IA");
        assertMetadata(name);
    }

    private void assertTagged(String name) {
        assertThat(s3.getObjectTagging(it -> it.bucket(bucket).key(folder + name))
                        .tagSet())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactlyInAnyOrder("retention=short", "cost center=R+D/ü");
    }

    /** S3 takes no condition from a form ("POST Object"): one that is sent again replaces the object. */
    @Test
    void aFormCanBeSentAgain() {
        SignedLink link = signer.post(target("a"), CONTENT.length, HOUR, SECOND);

        assertThat(holder.submit(link, CONTENT).statusCode()).isEqualTo(204);
        assertMetadata("a");
        assertThat(holder.submit(link, OTHER).statusCode()).isEqualTo(204);

        assertThat(content("a")).isEqualTo(OTHER);
    }

    @Test
    @Tag("form-checksums")
    void aFormWithTheChecksumOfItsContentTakesNoOther() {
        SignedLink link = signer.post(target("a", CONTENT, StorageOptions.NONE), 99, HOUR, SECOND);

        assertThat(holder.submit(link, OTHER).statusCode()).isEqualTo(400);
        assertNothingStored("a");
        assertThat(holder.submit(link, CONTENT).statusCode()).isEqualTo(204);
    }

    @Test
    void aFormWithAnotherFieldOrWithoutOneIsRefused() {
        SignedLink link = signer.post(target("a"), CONTENT.length, HOUR, SECOND);

        for (String name : List.of("key", "Content-Type", "x-amz-meta-request-id", "x-amz-meta-file-name")) {
            assertThat(holder.submit(LinkClient.withField(link, name, folder + "other"), CONTENT)
                            .statusCode())
                    .as("another %s", name)
                    .isEqualTo(403);
        }
        assertThat(holder.submit(LinkClient.withoutField(link, "x-amz-meta-request-id"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertNothingStored("a");
    }

    @Test
    @Tag("form-policies")
    void aFormWithAFieldThatItsPolicyDoesNotNameIsRefused() {
        SignedLink link = signer.post(target("a"), CONTENT.length, HOUR, SECOND);

        assertThat(holder.submit(LinkClient.withField(link, "x-amz-meta-more", "1"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertNothingStored("a");
    }

    @Test
    @Tag("form-policies")
    void aFormWithAnotherPolicyIsRefused() {
        SignedLink link = signer.post(target("a"), 10, HOUR, SECOND);
        String policy = new String(Base64.getDecoder().decode(link.fields().get("policy")), StandardCharsets.UTF_8);
        String wider = policy.replace("\"content-length-range\",1,10", "\"content-length-range\",1,99");

        assertThat(wider).isNotEqualTo(policy);
        assertThat(holder.submit(
                                LinkClient.withField(
                                        link,
                                        "policy",
                                        Base64.getEncoder().encodeToString(wider.getBytes(StandardCharsets.UTF_8))),
                                CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertNothingStored("a");
    }

    @Test
    void aFormWithAnEmptyOrTooLargeFileIsRefused() {
        SignedLink link = signer.post(target("a"), CONTENT.length - 1, HOUR, SECOND);

        assertThat(holder.submit(link, CONTENT).statusCode()).isEqualTo(400);
        assertThat(holder.submit(link, new byte[0]).statusCode()).isEqualTo(400);
        assertNothingStored("a");
    }

    @Test
    void aFormAfterItsEndIsRefused() {
        SignedLink link = signer.post(target("a"), 99, SECOND, SECOND);

        awaitEnd(link);

        assertThat(holder.submit(link, CONTENT).statusCode()).isEqualTo(403);
    }

    @Test
    @Tag("tagging")
    void aFormIsStoredAsItsFieldsRequest() {
        SignedLink link = signer.post(target("a", CONTENT, options(TAGS)), 99, HOUR, SECOND);

        assertThat(holder.submit(LinkClient.withField(link, "x-amz-storage-class", "STANDARD"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.submit(LinkClient.withoutField(link, "tagging"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.submit(link, CONTENT).statusCode()).isEqualTo(204);

        assertStoredAsRequested("a");
        assertTagged("a");
    }

    private String multipart(String name, StorageOptions storage) {
        UploadTarget target = target(name, new byte[0], storage);
        return s3.createMultipartUpload(target.attributes()
                        .createMultipartUpload(target.object())
                        .build())
                .uploadId();
    }

    private SignedLink part(String name, String uploadId, int number, byte[] content) {
        return signer.part(
                object(name),
                uploadId,
                number,
                content.length,
                Base64.getEncoder().encodeToString(sha256(content)),
                HOUR,
                SECOND);
    }

    private void complete(String name, String uploadId, List<byte[]> parts) {
        List<CompletedPart> completed = IntStream.rangeClosed(1, parts.size())
                .mapToObj(number -> {
                    byte[] content = parts.get(number - 1);
                    HttpResponse<byte[]> answer = holder.send(part(name, uploadId, number, content), content);
                    assertThat(answer.statusCode()).isEqualTo(200);
                    return CompletedPart.builder()
                            .partNumber(number)
                            .eTag(answer.headers().firstValue("ETag").orElseThrow())
                            .checksumSHA256(Base64.getEncoder().encodeToString(sha256(content)))
                            .build();
                })
                .toList();
        s3.completeMultipartUpload(it -> it.bucket(bucket)
                .key(folder + name)
                .uploadId(uploadId)
                .ifNoneMatch("*")
                .multipartUpload(to -> to.parts(completed)));
    }

    @Test
    void partsBecomeOneObject() {
        byte[] first = new byte[PART];
        first[7] = 7;
        String uploadId = multipart("a", StorageOptions.NONE);

        complete("a", uploadId, List.of(first, CONTENT));

        assertThat(Sha256.hex(new String(content("a"), StandardCharsets.ISO_8859_1)))
                .isEqualTo(Sha256.hex(new String(first, StandardCharsets.ISO_8859_1)
                        + new String(CONTENT, StandardCharsets.ISO_8859_1)));
        assertMetadata("a");
    }

    @Test
    @Tag("conditional-writes")
    void ofTwoMultipartUploadsOneIsCompleted() {
        String one = multipart("a", StorageOptions.NONE);
        String other = multipart("a", StorageOptions.NONE);

        complete("a", one, List.of(CONTENT));

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> complete("a", other, List.of(OTHER)))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(412));
        assertThat(content("a")).isEqualTo(CONTENT);
    }

    @Test
    void aPartOfAnotherNumberUploadSizeOrContentIsRefused() {
        String uploadId = multipart("a", StorageOptions.NONE);
        String other = multipart("a", StorageOptions.NONE);
        SignedLink link = part("a", uploadId, 1, CONTENT);

        assertThat(holder.send(LinkClient.withUrl(link, "partNumber=1", "partNumber=2"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.send(LinkClient.withUrl(link, uploadId, other), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.send(link, new byte[CONTENT.length + 1]).statusCode()).isEqualTo(403);
        assertThat(holder.send(LinkClient.withoutHeader(link, "x-amz-checksum-sha256"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
        assertThat(holder.send(link, OTHER).statusCode()).isEqualTo(400);
        assertThat(holder.send(link, CONTENT).statusCode()).isEqualTo(200);
    }

    @Test
    void aMultipartUploadIsStoredAsItWasCreated() {
        String uploadId = multipart("a", options(Map.of()));

        complete("a", uploadId, List.of(CONTENT));

        assertThat(head("a").serverSideEncryptionAsString()).isEqualTo("AES256");
        assertMetadata("a");
    }

    @Test
    @Tag("tagging")
    void aMultipartUploadIsStoredWithTheClassAndTagsThatItWasCreatedWith() {
        String uploadId = multipart("a", options(TAGS));

        complete("a", uploadId, List.of(CONTENT));

        assertStoredAsRequested("a");
        assertTagged("a");
    }
}

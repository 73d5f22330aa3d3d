package dev.attache.storage.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.ObjectRef;
import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import dev.attache.storage.multipart.MultipartObjects.Completion;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** How the AWS under test answers the calls for multipart uploads. */
@AwsTest
@Tag("conditional-writes")
class S3MultipartObjectsIT {

    /** The smallest that S3 accepts before the last part. */
    private static final byte[] FIRST = filled(5 << 20, 'a');

    private static final byte[] SECOND = filled(3, 'b');

    private static final long SIZE = FIRST.length + SECOND.length;

    private final S3Client s3 = TestAws.surroundings().clients().s3();

    private final MultipartObjects objects = new S3MultipartObjects(s3);

    private final ObjectRef object =
            new ObjectRef(TestAws.surroundings().bucket(), "ledger/multipart/" + UUID.randomUUID(), null);

    @Test
    void storedPartsAreListedWithTheirChecksums() {
        String uploadId = create();

        put(uploadId, 2, SECOND);
        put(uploadId, 1, FIRST);

        assertThat(objects.parts(object, uploadId)).hasValueSatisfying(parts -> {
            assertThat(parts).extracting(StoredPart::number).containsExactly(1, 2);
            assertThat(parts).extracting(StoredPart::size).containsExactly((long) FIRST.length, (long) SECOND.length);
            assertThat(parts).extracting(StoredPart::sha256).containsExactly(base64(FIRST), base64(SECOND));
        });
    }

    @Test
    void aCompletionCreatesTheObjectWithItsMetadataAndChecksum() {
        String uploadId = withParts();

        assertThat(complete(uploadId)).isEqualTo(Completion.COMPLETED);

        var head = s3.headObject(it -> it.bucket(object.bucket()).key(object.key()));
        assertThat(head.contentLength()).isEqualTo(SIZE);
        assertThat(head.contentType()).isEqualTo("application/pdf");
        assertThat(head.metadata()).containsEntry("request-id", "r-1");
        assertThat(objects.checksum(object)).hasValue(composite());
        assertThat(objects.parts(object, uploadId)).isEmpty();
    }

    @Test
    void theFirstCompletionWins() {
        String first = withParts();
        String second = withParts();
        List<StoredPart> parts = parts(second);

        assertThat(complete(first)).isEqualTo(Completion.COMPLETED);

        assertThat(objects.complete(object, second, SIZE, parts)).isEqualTo(Completion.KEY_TAKEN);
        objects.abort(object, second);
        assertThat(objects.parts(object, second)).isEmpty();
    }

    @Test
    void aCompletionAfterASinglePutIsRefused() {
        String uploadId = withParts();
        s3.putObject(it -> it.bucket(object.bucket()).key(object.key()), RequestBody.fromString("first"));

        assertThat(complete(uploadId)).isEqualTo(Completion.KEY_TAKEN);

        assertThat(s3.getObjectAsBytes(it -> it.bucket(object.bucket()).key(object.key()))
                        .asUtf8String())
                .isEqualTo("first");
    }

    @Test
    void aPartThatWasReplacedIsNotCompleted() {
        String uploadId = withParts();
        List<StoredPart> listed = parts(uploadId);
        put(uploadId, 2, filled(3, 'c'));

        assertThat(objects.complete(object, uploadId, SIZE, listed)).isEqualTo(Completion.PARTS_CHANGED);

        assertThat(objects.checksum(object)).isEmpty();
    }

    @Test
    void anObjectOfAnotherSizeIsNotCompleted() {
        String uploadId = withParts();
        List<StoredPart> listed = parts(uploadId);

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> objects.complete(object, uploadId, SIZE + 1, listed))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(400));

        assertThat(objects.checksum(object)).isEmpty();
    }

    /** As after a lost answer. */
    @Test
    void aRepeatedCompletionIsNotAnError() {
        String uploadId = withParts();
        List<StoredPart> parts = parts(uploadId);
        objects.complete(object, uploadId, SIZE, parts);

        assertThat(objects.complete(object, uploadId, SIZE, parts))
                .isIn(Completion.COMPLETED, Completion.KEY_TAKEN, Completion.NO_SUCH_UPLOAD);
    }

    @Test
    void anAbortedMultipartUploadHasNoPartsAndAcceptsNone() {
        String uploadId = withParts();
        List<StoredPart> parts = parts(uploadId);

        objects.abort(object, uploadId);
        objects.abort(object, uploadId);

        assertThat(objects.parts(object, uploadId)).isEmpty();
        assertThat(objects.complete(object, uploadId, SIZE, parts)).isEqualTo(Completion.NO_SUCH_UPLOAD);
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> put(uploadId, 1, FIRST))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(404));
    }

    private String create() {
        return objects.create(CreateMultipartUploadRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .contentType("application/pdf")
                .metadata(Map.of("request-id", "r-1"))
                .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                .build());
    }

    private String withParts() {
        String uploadId = create();
        put(uploadId, 1, FIRST);
        put(uploadId, 2, SECOND);
        return uploadId;
    }

    private void put(String uploadId, int number, byte[] content) {
        s3.uploadPart(
                it -> it.bucket(object.bucket())
                        .key(object.key())
                        .uploadId(uploadId)
                        .partNumber(number)
                        .checksumSHA256(base64(content)),
                RequestBody.fromBytes(content));
    }

    private Completion complete(String uploadId) {
        return objects.complete(object, uploadId, SIZE, parts(uploadId));
    }

    private List<StoredPart> parts(String uploadId) {
        return objects.parts(object, uploadId).orElseThrow();
    }

    private static String composite() {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        hashes.writeBytes(sha256(FIRST));
        hashes.writeBytes(sha256(SECOND));
        return base64(hashes.toByteArray()) + "-2";
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(sha256(content));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] filled(int size, char letter) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) letter);
        return content;
    }
}

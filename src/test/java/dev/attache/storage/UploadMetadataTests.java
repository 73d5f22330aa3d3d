package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.link.UploadTarget;
import dev.attache.link.signing.RandomText;
import dev.attache.link.signing.S3LinkSigner;
import dev.attache.link.signing.Signers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata that links write must fit into 2 KB, or S3 refuses each upload with {@code MetadataTooLarge}. */
class UploadMetadataTests {

    private static final S3LinkSigner SIGNER = Signers.ofUser(URI.create("http://localhost:9000"), true);

    private static UploadTarget target(String requestId, String fileName) {
        return new UploadTarget(
                Signers.object("uploads/crm/1/1"),
                "application/pdf",
                1,
                null,
                requestId,
                fileName,
                StorageOptions.NONE);
    }

    private static Map<String, String> put(String requestId, String fileName) {
        return SIGNER.put(target(requestId, fileName), Duration.ofHours(1), Duration.ZERO)
                .headers();
    }

    /** The size of names, with their prefix, and values in bytes. */
    private static int size(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(it -> it.getKey().startsWith("x-amz-meta-"))
                .mapToInt(it -> (it.getKey() + it.getValue()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    @Test
    void anyRequestIdAndFileNameFitTogether() {
        Random random = new Random(2048);
        for (int i = 0; i < 2_000; i++) {
            String id = text(random, 1 + random.nextInt(256));
            String name = text(random, random.nextInt(400)) + ".pdf";

            assertThat(size(put(id, name))).as("%s %s", id, name).isBetween(43, 2048);
            assertThat(size(SIGNER.post(target(id, name), 99, Duration.ofHours(1), Duration.ZERO)
                            .fields()))
                    .isLessThanOrEqualTo(2048);
        }
    }

    private static String text(Random random, int length) {
        return switch (random.nextInt(4)) {
            case 0 -> "契".repeat(length);
            case 1 -> "é".repeat(length);
            case 2 -> "😀".repeat((length + 1) / 2);
            default -> RandomText.of(random, length);
        };
    }

    @Test
    void aLongRequestIdOutsideAsciiLeavesSpaceForTheFileName() {
        Map<String, String> headers = put("注".repeat(200), "Vertrag Überlingen.pdf");

        assertThat(headers.get("x-amz-meta-request-id")).matches("sha256:[0-9a-f]{64}");
        assertThat(FileNameMetadata.read(headers.get("x-amz-meta-file-name"))).isEqualTo("Vertrag Überlingen.pdf");
    }

    /** The upload page compares the name of an object with the one that its link was signed for. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "注注注", "注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注注"})
    void aFilesNameDoesNotDependOnTheRequestsId(String id) {
        String name = "契".repeat(251) + ".pdf";

        assertThat(FileNameMetadata.read(put(id.repeat(5), name).get("x-amz-meta-file-name")))
                .isEqualTo(FileNames.forMetadata(name));
    }

    @Test
    void theLongestIdInAsciiIsNotChanged() {
        assertThat(put("a".repeat(256), "a.pdf")).containsEntry("x-amz-meta-request-id", "a".repeat(256));
    }

    @Test
    void differentLongIdsHaveDifferentDigests() {
        String one = RequestIds.toMetadata("注".repeat(200));

        assertThat(one)
                .isEqualTo(RequestIds.toMetadata("注".repeat(200)))
                .isNotEqualTo(RequestIds.toMetadata("注".repeat(201)));
    }
}

package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that are not as agreed. */
class RejectedUploadsTests extends ObjectCreatedTestBase {

    @Test
    void fileOfAnotherTypeIsRejectedAndTheUploadStaysOpen() {
        bucket.with(KEY, 500, "text/html", "e1");

        assertThat(arrives(KEY, "e1", "0A")).singleElement().satisfies(message -> {
            var rejected =
                    codec.read(message.getPayload(), EventType.REQUEST_REJECTED).data();
            assertThat(rejected.code()).isEqualTo(RejectionCode.CONTENT_TYPE_NOT_ALLOWED);
            assertThat(rejected.requestId()).isEqualTo("r-1");
        });
        assertThat(UploadBuilder.arrival(ledger.find(ID).orElseThrow())).isNull();
    }

    @Test
    void afterARejectedFileTheNextOneIsAccepted() {
        ledger.uploads.replaceAll((id, upload) ->
                UploadBuilder.from(upload).toNotify(List.of()).files(List.of()).build());
        bucket.with(numbered(1), 500, "text/html", "e1");
        String rejected = codec.originOf(
                        arrives(numbered(1), "e1", "0A").getFirst().getPayload())
                .orElseThrow()
                .id();
        String again = codec.originOf(
                        arrives(numbered(1), "e1", "0A").getFirst().getPayload())
                .orElseThrow()
                .id();
        assertThat(again).isEqualTo(rejected);
        assertThat(ledger.find(ID).orElseThrow().awaitedKey()).isEqualTo(numbered(2));

        bucket.with(numbered(2), 500, "application/pdf", "e2");

        assertThat(uploaded(arrives(numbered(2), "e2", "0B").getFirst()).data().key())
                .isEqualTo(numbered(2));
        assertThat(UploadBuilder.arrival(ledger.find(ID).orElseThrow()).key()).isEqualTo(numbered(2));
    }

    @Test
    void detailThatListsManyTypesIsShortenedToTheLimitOfTheContract() {
        String subtype = "x-" + "y".repeat(100);
        List<String> types = IntStream.range(0, 50)
                .mapToObj(i -> "application/" + subtype + i)
                .toList();
        ledger.uploads.replaceAll((id, upload) -> new OpenUpload(
                id,
                upload.pageId(),
                "r-1",
                "crm",
                null,
                null,
                "attache",
                new UploadTerms(types, 1000, null, null, null),
                null,
                null,
                List.of(),
                NOW,
                upload.expiresAt(),
                List.of(),
                null,
                null,
                null));
        bucket.with(KEY, 500, "text/html", "e1");

        assertThat(arrives(KEY, "e1", "0A"))
                .singleElement()
                .satisfies(message -> assertThat(codec.read(message.getPayload(), EventType.REQUEST_REJECTED)
                                .data()
                                .detail())
                        .hasSize(4_000)
                        .contains(types.getFirst())
                        .endsWith("…"));
    }

    @Test
    void rejectedFileUnderAnotherKeyChangesNothing() {
        String other = KEY + ".bak";
        bucket.with(numbered(50), 500, "text/html", "e1").with(other, 500, "text/html", "e1");
        OpenUpload before = ledger.find(ID).orElseThrow();

        arrives(numbered(50), "e1", "0A");
        arrives(other, "e1", "0B");

        assertThat(ledger.find(ID)).contains(before);
    }

    private static String numbered(int number) {
        return "uploads/crm/" + ID + "/" + number;
    }

    @Test
    void fileThatIsTooLargeIsRejected() {
        bucket.with(KEY, 1001, "application/pdf", "e1");

        assertThat(arrives(KEY, "e1", "0A"))
                .singleElement()
                .satisfies(message -> assertThat(codec.read(message.getPayload(), EventType.REQUEST_REJECTED)
                                .data()
                                .code())
                        .isEqualTo(RejectionCode.TOO_LARGE));
    }
}

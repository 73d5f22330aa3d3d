package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadBuilder;
import dev.attache.source.SenderIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;

/** Events with the same id and other content. */
class ContentOfRequestsTests extends IntakeTestBase {

    private final EventRouter requests = requests(OnePolicy.SOURCES, new SenderIds(List.of()));

    private List<Message<byte[]>> request(String data) {
        return all(requests.apply(message(event("attachment.requested", "crm", data))));
    }

    private List<String> digests(String data) {
        return request(data).stream()
                .map(message -> issued(message).data().contentDigest())
                .toList();
    }

    private static String upload(String recipients, String text) {
        return """
            {"direction":"upload","channel":"email","recipients":[%s],
             "upload":{"contentTypes":["image/png"],"maxBytes":100},"message":{"text":"%s"}}\
            """.formatted(recipients, text);
    }

    @Test
    void digestIsTheSameForAllRecipientsAndChangesWithTheText() {
        bucket.with("downloads/crm/c.pdf", 1, "application/pdf", "e1");
        String data = """
            {"direction":"download","channel":"email","recipients":["ana@example.com","bo@example.com"],
             "attachment":{"key":"downloads/crm/c.pdf"},"message":{"text":"%s"}}\
            """;

        List<String> digests = digests(data.formatted("One"));

        assertThat(digests)
                .hasSize(2)
                .doesNotContainNull()
                .containsOnly(digests.getFirst())
                .isEqualTo(digests(data.formatted("One")));
        assertThat(digests(data.formatted("Two"))).isNotEqualTo(digests);
    }

    @Test
    void partOfAnAudienceHasTheDigestOfTheRequest() {
        bucket.with("downloads/crm/c.pdf", 1, "application/pdf", "e1")
                .with("downloads/crm/list.ndjson", "ana@example.com\nbo@example.com");
        List<Message<byte[]>> parts = request("""
            {"direction":"download","channel":"email","recipientList":{"key":"downloads/crm/list.ndjson"},
             "attachment":{"key":"downloads/crm/c.pdf"}}\
            """);

        List<Message<byte[]>> ofPart =
                all(new AudiencePartHandler(codec, OnePolicy.SOURCES, links, new SenderIds(List.of()))
                        .apply(message(new String(parts.getFirst().getPayload()))));

        assertThat(ofPart)
                .hasSize(2)
                .extracting(message -> issued(message).data().contentDigest())
                .containsOnly(digests("""
                    {"direction":"download","channel":"email","recipients":["cleo@example.com"],
                     "attachment":{"key":"downloads/crm/c.pdf"}}\
                    """).getFirst());
    }

    @Test
    void uploadIsOpenedOnceAndOtherContentIsRejected() {
        String first = upload("\"ana@example.com\"", "One");
        List<String> digests = digests(first);

        assertThat(digests(first)).isEqualTo(digests);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> request(upload("\"bo@example.com\",\"ana@example.com\"", "Two")))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED))
                .satisfies(
                        error -> assertThat(error.contentDigest().orElseThrow()).isNotEqualTo(digests.getFirst()));
    }

    @Test
    void otherRecipientsOfAReusedIdGetTheirLinks() {
        request(upload("\"ana@example.com\",\"bo@example.com\"", "One"));
        List<Message<byte[]>> published = new ArrayList<>();
        var reusing = requests.apply(message(
                event("attachment.requested", "crm", upload("\"bo@example.com\",\"cleo@example.com\"", "Two"))));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> reusing.forEach(published::add))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED));
        assertThat(published)
                .extracting(
                        message -> Objects.requireNonNull(issued(message).data().recipient())
                                .address())
                .containsExactly("cleo@example.com");
    }

    @Test
    void otherContentOfAProgramsUploadIsRejected() {
        String data = """
            {"direction":"upload","channel":"event","upload":{"contentTypes":["image/png"],"maxBytes":%d}}\
            """;
        request(data.formatted(100));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> request(data.formatted(101)))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED));
    }

    @Test
    void uploadOfAReleaseWithoutDigestsAcceptsEveryContent() {
        request(upload("\"ana@example.com\"", "One"));
        ledger.uploads.replaceAll(
                (id, it) -> UploadBuilder.from(it).contentDigest(null).build());

        assertThat(request(upload("\"ana@example.com\"", "Two"))).hasSize(1);
    }

    @Test
    void uploadKeepsItsDigestWhenAFileIsChosenAndArrives() {
        request(upload("\"ana@example.com\"", "One"));
        OpenUpload opened = ledger.uploads.values().iterator().next();
        OpenUpload.Arrival arrival = new OpenUpload.Arrival("k", null, "e", null, 1, "image/png", NOW, null);

        assertThat(UploadBuilder.arrived(opened.withFile(UploadBuilder.file("a", "k", "image/png", 1)), arrival)
                        .contentDigest())
                .isNotNull()
                .isEqualTo(opened.contentDigest());
    }
}

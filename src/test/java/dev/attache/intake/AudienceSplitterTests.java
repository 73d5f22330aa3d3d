package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.AudiencePart;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.ObjectChangedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AudienceSplitterTests extends IntakeTestBase {

    private static final String LIST = "downloads/crm/people.ndjson";

    /** Characters of three bytes each. */
    private static final String LONGEST_TEXT = "契".repeat(20_000);

    private Stream<AudienceSplitter.Part> parts() {
        var request = request("");
        return new AudienceSplitter(bucket, codec, clock)
                .parts(request, request.data().recipientList(), new OnePolicy("crm"));
    }

    private CloudEvent<AttachmentRequested> request(String text) {
        return codec.read(
                message(event("attachment.requested", "crm", """
                    {"direction":"download","channel":"email","recipientList":{"key":"%s"},
                     "attachment":{"key":"downloads/crm/c.pdf"},"message":{"text":"%s"}}\
                    """.formatted(LIST, text)))
                        .getPayload(),
                EventType.ATTACHMENT_REQUESTED);
    }

    private List<CloudEvent<AudiencePart>> parts(AudienceSplitter audiences, String text) {
        var request = request(text);
        return audiences
                .parts(request, request.data().recipientList(), new OnePolicy("crm"))
                .map(AudienceSplitter.Part::event)
                .toList();
    }

    private List<CloudEvent<AudiencePart>> parts(String text) {
        return parts(new AudienceSplitter(bucket, codec, clock), text);
    }

    private RejectedException rejection(AudienceSplitter audiences, String text) {
        List<RejectedException> caught = new ArrayList<>();
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> parts(audiences, text))
                .satisfies(caught::add);
        return caught.getFirst();
    }

    private static String people(int count, String name) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"address\":\"r%d@example.com\",\"name\":\"%s\"}".formatted(i, name))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void partHasAtMostAHundredRecipients() {
        bucket.with(LIST, people(201, "R"));

        assertThat(parts(""))
                .extracting(part -> part.data().request().recipients().size())
                .containsExactly(100, 100, 1);
    }

    @Test
    void twoSpellingsOfOneDomainAreOneRecipient() {
        bucket.with(LIST, "ana@b\u00FCcher.example\nAna@xn--bcher-kva.example\nana@bucher.example\n");

        assertThat(parts(""))
                .singleElement()
                .satisfies(part -> assertThat(part.data().request().recipients())
                        .extracting(Recipient::address)
                        .containsExactly("ana@b\u00FCcher.example", "ana@bucher.example"));
    }

    @Test
    void partsWithLongNamesAndTextsFitIntoMessages() {
        bucket.with(LIST, people(1_100, "名".repeat(256)));
        AudienceSplitter audiences = new AudienceSplitter(bucket, codec, clock, 100 * 1024);

        List<CloudEvent<AudiencePart>> parts = parts(audiences, LONGEST_TEXT);

        assertThat(parts)
                .hasSizeGreaterThan(11)
                .allSatisfy(part -> assertThat(codec.write(part)).hasSizeLessThanOrEqualTo(100 * 1024));
        assertThat(parts.stream()
                        .flatMap(part -> part.data().request().recipients().stream())
                        .map(Recipient::address))
                .containsExactlyElementsOf(IntStream.range(0, 1_100)
                        .mapToObj("r%d@example.com"::formatted)
                        .toList());
        long next = 0;
        for (CloudEvent<AudiencePart> part : parts) {
            assertThat(part.data().offset()).isEqualTo(next);
            next += part.data().request().recipients().size();
        }
        assertThat(parts)
                .extracting(CloudEvent::id)
                .doesNotHaveDuplicates()
                .isEqualTo(parts(audiences, LONGEST_TEXT).stream()
                        .map(CloudEvent::id)
                        .toList());
    }

    @Test
    void requestThatIsTooLargeWithOneRecipientIsRejected() {
        bucket.with(LIST, people(3, "R"));

        RejectedException rejected = rejection(new AudienceSplitter(bucket, codec, clock, 50_000), LONGEST_TEXT);

        assertThat(rejected.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains("50000", "$.data.message.text");
    }

    @Test
    void listThatIsTooLargeIsNotRead() {
        bucket.with(LIST, 10_240_001, "application/x-ndjson", "e");

        RejectedException rejected = rejection(new AudienceSplitter(bucket, codec, clock), "");

        assertThat(rejected.code()).isEqualTo(RejectionCode.TOO_LARGE);
        assertThat(rejected.detail()).contains("10240000");
        assertThat(bucket.opened).isZero();
    }

    @Test
    void overwrittenListGivesNoMoreParts() {
        bucket.with(LIST, people(1_000, "名".repeat(256)));
        Iterator<AudienceSplitter.Part> parts = parts().iterator();
        parts.next();

        bucket.with(LIST, people(1_000, "人".repeat(256)).getBytes(StandardCharsets.UTF_8), "another");

        assertThatExceptionOfType(ObjectChangedException.class).isThrownBy(() -> parts.forEachRemaining(part -> {}));
    }

    @Test
    void partsAreMadeOnDemand() {
        bucket.with(LIST, people(5_000, "名".repeat(256)));
        Iterator<AudienceSplitter.Part> parts = parts().iterator();
        int readForTheCheck = bucket.opened;

        parts.next();

        assertThat(bucket.opened).isEqualTo(readForTheCheck + 1);
        assertThat(parts).toIterable().hasSize(49);
        assertThat(bucket.opened).isEqualTo(2 * readForTheCheck);
    }

    @Test
    void longLineIsRejectedAndNamed() {
        bucket.with(LIST, "ana@example.com\n\n" + "x".repeat(4_097));

        RejectedException rejected = rejection(new AudienceSplitter(bucket, codec, clock), "");

        assertThat(rejected.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION);
        assertThat(rejected.detail()).startsWith("line 3 ").contains("4096");
    }

    @Test
    void listMayHaveWindowsLineEnds() {
        bucket.with(LIST, "ana@example.com\r\n\r\nbo@example.com");

        assertThat(parts("").getFirst().data().request().recipients())
                .extracting(Recipient::address)
                .containsExactly("ana@example.com", "bo@example.com");
    }

    @Test
    void listThatIsNotUtf8IsRejected() {
        bucket.with(
                LIST,
                "ana@example.com\n{\"address\":\"bo@example.com\",\"name\":\"\u00e9\"}"
                        .getBytes(StandardCharsets.ISO_8859_1));

        RejectedException rejected = rejection(new AudienceSplitter(bucket, codec, clock), "");

        assertThat(rejected.code()).isEqualTo(RejectionCode.MALFORMED);
        assertThat(rejected.detail()).startsWith("line 2 ");
    }

    @Test
    void recipientWithATooLongUnsubscribeUrlRejectsTheList() {
        bucket.with(LIST, "ana@example.com\n" + "n".repeat(64) + "@example.com");
        var request = codec.read(
                message(event("attachment.requested", "crm", """
                    {"direction":"download","channel":"newsletter","recipientList":{"key":"%s"},
                     "attachment":{"key":"downloads/crm/c.pdf"},
                     "campaign":{"id":"c","unsubscribeUrl":"https://a.example/%s{recipient}"}}\
                    """.formatted(LIST, "u".repeat(840))))
                        .getPayload(),
                EventType.ATTACHMENT_REQUESTED);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> new AudienceSplitter(bucket, codec, clock)
                        .parts(request, request.data().recipientList(), new OnePolicy("crm")))
                .withMessageContaining("line 2 ");
    }
}

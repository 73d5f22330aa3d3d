package dev.attache.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.json.JsonEventCodec;
import dev.attache.deadletters.Announcements.Announcement;
import dev.attache.deadletters.Announcements.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class LetterReaderTests {

    private static final Instant SENT = Instant.parse("2026-11-20T09:00:00Z");

    private static final DeadLetterQueue QUEUE =
            new DeadLetterQueue("email-deliveries-dlq", "email-deliveries", Duration.ofDays(14));

    private static final String BODY = """
        {"specversion":"1.0","type":"link.issued","source":"desk","id":"i-1",\
        "data":{"requestId":"r-1","url":"https://s3/b/k?X-Amz-Algorithm=A&X-Amz-Signature=SECRET"}}\
        """;

    private final LetterReader reader = new LetterReader(
            new JsonEventCodec(DataSize.ofKilobytes(256)),
            rejection -> Optional.of(new Announcement("mail.failed", rejection.queue() + " " + rejection.messageId())),
            "attache-",
            Map.of("email", "email-deliveries"));

    private static Message message(
            String body, Map<String, String> attributes, Map<MessageSystemAttributeName, String> system) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(name, UnreliableSqs.text(value)));
        Map<MessageSystemAttributeName, String> all = new LinkedHashMap<>(system);
        all.put(MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(SENT.toEpochMilli()));
        return Message.builder()
                .messageId("m-1")
                .body(body)
                .messageAttributes(values)
                .attributes(all)
                .build();
    }

    @Test
    void aLetterOfAWorkerHasItsAttributesAndTheEventThatToldUpstream() {
        DeadLetter letter = reader.read(
                QUEUE,
                message(
                        BODY,
                        Map.of(
                                "attache-code", "MAIL_REFUSED",
                                "attache-reason", "The mail relay refused",
                                "attache-source-queue", "email-deliveries",
                                "attache-message-id", "o-1",
                                "attache-attempts", "3",
                                "attache-failed-at", "2026-11-20T08:59:59Z",
                                "channel", "email"),
                        Map.of()));

        assertThat(letter.code()).isEqualTo("MAIL_REFUSED");
        assertThat(letter.reason()).isEqualTo("The mail relay refused");
        assertThat(letter.source()).isEqualTo("desk");
        assertThat(letter.type()).isEqualTo("link.issued");
        assertThat(letter.eventId()).isEqualTo("i-1");
        assertThat(letter.requestId()).isEqualTo("r-1");
        assertThat(letter.sourceQueue()).isEqualTo("email-deliveries");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.failedAt()).isEqualTo("2026-11-20T08:59:59Z");
        assertThat(letter.deletedAt()).isEqualTo("2026-12-04T09:00:00Z");
        assertThat(letter.announced()).isTrue();
        assertThat(letter.announcement()).isEqualTo("mail.failed");
        assertThat(letter.announcementId()).isEqualTo("email-deliveries o-1");
        assertThat(letter.attributes()).isEqualTo(Map.of("channel", "email", "attache-message-id", "o-1"));
    }

    @Test
    void aLetterThatSqsMovedHasNeitherCodeNorAnnouncement() {
        DeadLetter letter = reader.read(
                new DeadLetterQueue("x-dlq", null, Duration.ofDays(14)),
                message(
                        BODY,
                        Map.of("type", "link.issued"),
                        Map.of(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, "arn:aws:sqs:eu:1:orders")));

        assertThat(letter.code()).isNull();
        assertThat(letter.groupCode()).isEqualTo("NONE");
        assertThat(letter.announced()).isFalse();
        assertThat(letter.announcement()).isNull();
        assertThat(letter.sourceQueue()).isEqualTo("orders");
        assertThat(letter.attempts()).isZero();
        assertThat(letter.seenAt()).isEqualTo(SENT);
        assertThat(letter.deletedAt())
                .as("SQS counts from when it was first sent")
                .isEqualTo(SENT.plus(Duration.ofDays(14)));
    }

    @Test
    void aMessageThatSnsCouldNotDeliverBelongsToTheQueueOfItsChannel() {
        DeadLetterQueue undelivered = new DeadLetterQueue("deliveries-undelivered", null, Duration.ofDays(14));

        assertThat(reader.sourceQueue(undelivered, message(BODY, Map.of("channel", "email"), Map.of())))
                .contains("email-deliveries");
        assertThat(reader.sourceQueue(undelivered, message(BODY, Map.of("channel", "fax"), Map.of())))
                .isEmpty();
    }

    @Test
    void aRejectionThatWasNotAnnouncedNamesNoEvent() {
        DeadLetter letter = reader.read(
                QUEUE, message(BODY, Map.of("attache-code", "TOO_LARGE", "attache-announced", "false"), Map.of()));

        assertThat(letter.announced()).isFalse();
        assertThat(letter.announcement()).isNull();
    }

    @Test
    void aLetterContainsNoSecret() {
        DeadLetter letter = reader.read(
                QUEUE,
                message(
                        BODY,
                        Map.of(
                                "attache-code", "MAIL_REFUSED",
                                "attache-reason", "https://pages.example.com/d/abcdSECRETSECRETSECRET",
                                "attache-sender", "1 k 2 SECRET AROA",
                                "attache-redrive", "SECRET",
                                "link", "https://s3/k?X-Amz-Signature=SECRET"),
                        Map.of()));

        assertThat(letter.toString()).doesNotContain("SECRET");
        assertThat(letter.excerptWhole()).isFalse();
    }

    @Test
    void whatALetterSaysIsNeitherDisguisedNorLongerThanAWorkerWritesIt() {
        DeadLetter letter = reader.read(
                QUEUE,
                message(
                        "{\"name\":\"invoice\u202Efdp.exe\"}",
                        Map.of(
                                "attache-code",
                                "C".repeat(9_000),
                                "attache-reason",
                                "see \u2067fdp.exe" + "r".repeat(9_000),
                                "type",
                                "a\u200Fb"),
                        Map.of()));

        assertThat(letter.excerpt()).isEqualTo("{\"name\":\"invoice\\u202efdp.exe\"}");
        assertThat(letter.excerptWhole()).isFalse();
        assertThat(letter.code()).hasSize(500);
        assertThat(letter.reason()).startsWith("see \\u2067fdp.exe").hasSize(500);
        assertThat(letter.type()).isEqualTo("a\\u200fb");
        assertThat(letter.attributes()).containsEntry("type", "a\\u200fb");
    }

    @Test
    void anExcerptIsWholeOnlyIfItIsTheUnchangedBody() {
        assertThat(reader.read(QUEUE, message("short", Map.of(), Map.of())).excerptWhole())
                .isTrue();

        DeadLetter cut = reader.read(QUEUE, message("😀".repeat(2_000), Map.of(), Map.of()));
        assertThat(cut.excerptWhole()).isFalse();
        assertThat(cut.excerpt()).hasSize(LetterReader.EXCERPT).endsWith("😀");
        assertThat(cut.size()).isEqualTo(8_000);
    }

    @Test
    void aForeignMessageIsReadAsFarAsPossible() {
        Message foreign = Message.builder()
                .messageId("m-2")
                .body("\u0000 no JSON")
                .messageAttributes(Map.of(
                        "logo",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromByteArray(new byte[7]))
                                .build(),
                        "attache-attempts",
                        UnreliableSqs.text("many"),
                        "attache-failed-at",
                        UnreliableSqs.text("yesterday")))
                .build();

        DeadLetter letter = reader.read(QUEUE, foreign);

        assertThat(letter.groupSource()).isEqualTo("unknown");
        assertThat(letter.attempts()).isZero();
        assertThat(letter.failedAt()).isNull();
        assertThat(letter.attributes()).isEqualTo(Map.of("logo", "(7 bytes)"));
    }

    @Test
    void theTextOfARejectionDoesNotContainTheBody() {
        assertThat(new Rejection("q", "m", "C", "r", "SECRET", null).toString()).doesNotContain("SECRET");
    }
}

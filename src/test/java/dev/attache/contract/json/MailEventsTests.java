package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.MailFailed;
import dev.attache.contract.MailSent;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** {@code mail.failed} and {@code mail.sent}: what they contain, and what they never contain. */
class MailEventsTests {

    private static final EventCodec CODEC = new JsonEventCodec(DataSize.ofKilobytes(256));

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static final Recipient ANA = new Recipient("ana@example.com", "Ana Lima", "pt-BR", "America/Sao_Paulo");

    private static final String REPLY = "550 5.1.1 <ana@example.com>: no such user";

    static MailFailed failed(RejectionCode code, String detail, @Nullable String reply) {
        return new MailFailed(code, detail, reply, "7c1f", "d-1", Channel.EMAIL, ANA, "email-deliveries", "m-1", 2);
    }

    private static MailSent sent(Channel channel, @Nullable String mailMessageId) {
        return new MailSent("7c1f", "d-1", channel, ANA, NOW, mailMessageId);
    }

    @Test
    void mailFailedIsWrittenWithTheAddressOnly() {
        assertThat(data(EventType.MAIL_FAILED, failed(RejectionCode.MAIL_REFUSED, "Refused", REPLY)))
                .hasToString("""
                    {"code":"MAIL_REFUSED","detail":"Refused","reply":"550 5.1.1 <ana@example.com>: no such user","requestId":"7c1f",\
                    "deliveryId":"d-1","channel":"email","recipient":{"address":"ana@example.com"},"queue":"email-deliveries",\
                    "messageId":"m-1","attempts":2}\
                    """);
    }

    @Test
    void mailSentIsWrittenWithTheAddressOnly() {
        assertThat(data(EventType.MAIL_SENT, sent(Channel.NEWSLETTER, "<d-1@example.com>")))
                .hasToString("""
                    {"requestId":"7c1f","deliveryId":"d-1","channel":"newsletter","recipient":{"address":"ana@example.com"},\
                    "sentAt":"2026-11-21T09:00:00Z","mailMessageId":"<d-1@example.com>"}\
                    """);
    }

    @Test
    void unknownValuesAreLeftOut() {
        assertThat(data(EventType.MAIL_FAILED, failed(RejectionCode.DELIVERY_UNCERTAIN, "No answer", null))
                        .has("reply"))
                .isFalse();
        assertThat(data(EventType.MAIL_SENT, sent(Channel.EMAIL, null)).has("mailMessageId"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n"})
    void emptyReplyIsLeftOut(String reply) {
        assertThat(failed(RejectionCode.MAIL_REFUSED, "Refused", reply).reply()).isNull();
    }

    @Test
    void replyOfSeveralLinesBecomesOneLine() {
        assertThat(failed(
                                RejectionCode.MAIL_REFUSED,
                                "Refused",
                                "550-5.7.1 Unsolicited\r\n550 5.7.1\tmail\u0000\u0085.\r\n")
                        .reply())
                .isEqualTo("550-5.7.1 Unsolicited 550 5.7.1 mail .");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://b.s3.amazonaws.com/k?X-Amz-Signature=0f",
                "<HTTPS://b.example/k?a=0f>",
                "b.example/k?x-amz-signature=0f",
                "attache.example.com/u/0123456789abcdef0123456789ABCDEF",
                "(http://attache.example.com/u/0f)"
            })
    void linksAreRemovedFromReplyAndDetail(String link) {
        MailFailed failed = failed(RejectionCode.MAIL_REFUSED, "Refused: " + link, "554 5.7.1 " + link + " is listed");

        assertThat(failed.reply()).isEqualTo("554 5.7.1 (link removed) is listed");
        assertThat(failed.detail()).isEqualTo("Refused: (link removed)");
    }

    @Test
    void longTextsAreCutToTheLimitOfTheContract() {
        MailFailed failed = failed(RejectionCode.MAIL_REFUSED, "d".repeat(4001), "r".repeat(998) + "\uD83D\uDE00é");

        assertThat(failed.detail()).hasSize(4000).endsWith("d…");
        assertThat(failed.reply()).isEqualTo("r".repeat(998) + "…");
        assertThat(data(EventType.MAIL_FAILED, failed).path("reply").stringValue())
                .isEqualTo(failed.reply());
    }

    @Test
    void textsAtTheLimitAreNotCut() {
        MailFailed failed = failed(RejectionCode.MAIL_REFUSED, "d".repeat(4000), "r".repeat(1000));

        assertThat(failed.detail()).isEqualTo("d".repeat(4000));
        assertThat(failed.reply()).isEqualTo("r".repeat(1000));
    }

    @Test
    void toStringDoesNotContainTheAddress() {
        assertThat(failed(RejectionCode.MAIL_REFUSED, "ana@example.com is unknown", REPLY)
                        .toString())
                .contains("MAIL_REFUSED", "7c1f", "d-1", "m-1")
                .doesNotContain("ana@example.com", "Ana", "550");
        assertThat(sent(Channel.EMAIL, "<d-1@example.com>").toString())
                .contains("7c1f", "d-1")
                .doesNotContain("ana@example.com", "Ana");
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"EMAIL", "NEWSLETTER"})
    void mailSentIsValidOnChannelsWithMails(Channel channel) {
        assertThat(data(EventType.MAIL_SENT, sent(channel, null))
                        .path("channel")
                        .stringValue())
                .isEqualTo(channel.wireName());
    }

    @Test
    void mailSentIsInvalidOnTheChannelEvent() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> data(EventType.MAIL_SENT, sent(Channel.EVENT, null)))
                .withMessageContaining("$.data.channel must be one of");
    }

    @Test
    void mailFailedNeedsAtLeastOneAttempt() {
        MailFailed never = new MailFailed(
                RejectionCode.MAIL_REFUSED,
                "Refused",
                null,
                "7c1f",
                "d-1",
                Channel.EMAIL,
                ANA,
                "email-deliveries",
                "m-1",
                0);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> data(EventType.MAIL_FAILED, never))
                .withMessageContaining("$.data.attempts must be at least 1");
    }

    private static <T> JsonNode data(EventType<T> type, T data) {
        CloudEvent<T> event = new CloudEvent<>("1", "crm", type, NOW, null, null, data);
        byte[] written = CODEC.write(event);
        assertThat(CODEC.read(written, type)).isEqualTo(event);
        return EventFixtures.MAPPER.readTree(written).path("data");
    }
}

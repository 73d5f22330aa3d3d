package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.UPLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Direction;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoodInputIsReadTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    @Test
    void eventIsReadIntoItsRecord() {
        CloudEvent<AttachmentRequested> event = read(with(DOWNLOAD, "/subject", "\"contract-4711\""));

        assertThat(event)
                .isEqualTo(new CloudEvent<>(
                        "7c1f",
                        "crm",
                        EventType.ATTACHMENT_REQUESTED,
                        Instant.parse("2026-11-21T09:00:00Z"),
                        "contract-4711",
                        null,
                        new AttachmentRequested(
                                Direction.DOWNLOAD,
                                Channel.EMAIL,
                                List.of(new Recipient("ana@example.com", "Ana Lima", "pt-BR", null)),
                                null,
                                new AttachmentRef(null, "downloads/crm/contract-4711.pdf", null, "Contract Lima.pdf"),
                                null,
                                Duration.ofHours(24),
                                new MessageText("Your contract", "Please find it below."),
                                null,
                                List.of(),
                                null)));
    }

    @Test
    void addressAloneIsARecipient() {
        AttachmentRequested data = read(UPLOAD).data();

        assertThat(data.recipients()).containsExactly(new Recipient("ana@example.com"));
        assertThat(data.toNotify()).containsExactly(new Recipient("bo@example.com"));
    }

    @Test
    void unknownFieldsAreIgnored() {
        String extended = with(
                with(with(DOWNLOAD, "/partitionkey", "\"x\""), "/data/priority", "{\"level\":1}"),
                "/data/recipients/0/phone",
                "\"1\"");

        assertThat(read(extended)).isEqualTo(read(DOWNLOAD));
    }

    @Test
    void attributeThatIsNullCountsAsAbsent() {
        assertThat(read(with(DOWNLOAD, "/subject", "null")).subject()).isNull();
    }

    @Test
    void timeWithAnOffsetIsTheSameInstant() {
        assertThat(read(with(DOWNLOAD, "/time", "\"2026-11-21T12:00:00+03:00\""))
                        .time())
                .isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
    }

    @Test
    void invalidTraceContextIsIgnored() {
        String good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(read(with(DOWNLOAD, "/traceparent", quoted(good))).traceparent())
                .isEqualTo(good);
        assertThat(read(with(DOWNLOAD, "/traceparent", quoted(good + "\r\nx"))).traceparent())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT24H", "P1D", "P7D", "PT15M", "PT1S", "PT0.5S", "P1DT12H30M5S", "PT90M", "PT0H1M"})
    void expiresInIsADuration(String duration) {
        assertThat(read(with(DOWNLOAD, "/data/expiresIn", quoted(duration)))
                        .data()
                        .expiresIn())
                .isEqualTo(Duration.parse(duration));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../b", "..", "Grüße 🙂.pdf", "a b+c%20d", "/leading"})
    void keyIsNotDecoded(String key) {
        assertThat(read(with(DOWNLOAD, "/data/attachment/key", quoted(key)))
                        .data()
                        .attachment()
                        .key())
                .isEqualTo(key);
    }

    @Test
    void escapedSurrogatePairIsACharacter() {
        String body = DOWNLOAD.replace("Ana Lima", "Ana \\ud83d\\ude42");

        assertThat(read(body).data().recipients().getFirst().name()).isEqualTo("Ana 🙂");
    }

    @Test
    void originOfARejectedEventIsRead() {
        assertThat(CODEC.originOf(bytes("{\"type\":\"x\",\"source\":\"crm\",\"id\":\"7\"}")))
                .isEqualTo(Optional.of(new EventCodec.Origin("crm", "7", "7")));
        assertThat(CODEC.originOf(bytes("{\"source\":\"crm\"}"))).isEmpty();
        assertThat(CODEC.originOf(bytes("{\"source\":\"crm\",\"id\":\"a\\nb\"}")))
                .isEmpty();
        assertThat(CODEC.originOf(bytes("{\"source\":[],\"id\":{}}"))).isEmpty();
        assertThat(CODEC.originOf(bytes("{\"source\":\"crm\",\"id\":"))).isEmpty();
        assertThat(CODEC.originOf(bytes("[".repeat(100_000)))).isEmpty();
        assertThat(CODEC.originOf(new byte[0])).isEmpty();
    }

    @Test
    void damagedEventIsReadOrRejected() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] body = bytes(i % 2 == 0 ? DOWNLOAD : UPLOAD);
            for (int hits = random.nextInt(3); hits >= 0; hits--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }

            Throwable thrown = catchThrowable(() -> CODEC.read(body, EventType.ATTACHMENT_REQUESTED));

            assertThat(thrown == null || thrown instanceof RejectedException)
                    .as("seed 7, round %d: %s", i, thrown)
                    .isTrue();
            CODEC.originOf(body);
        }
    }

    private static CloudEvent<AttachmentRequested> read(String body) {
        return CODEC.read(bytes(body), EventType.ATTACHMENT_REQUESTED);
    }
}

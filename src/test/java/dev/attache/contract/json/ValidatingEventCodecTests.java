package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.UploadExpired;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.SignedUrl;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.unit.DataSize;

class ValidatingEventCodecTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.5Z");

    private final EventCodec codec = new ValidatingEventCodec();

    @Test
    void eventThatViolatesItsSchemaIsNotWrittenAndFailsTheTest() {
        assertThatIllegalStateException()
                .isThrownBy(() -> codec.write(issued("ftp://bucket/key?X-Amz-Signature=0f")))
                .withMessageContaining("link.issued")
                .withMessageContaining("$.data.links[0].url")
                .withMessageContaining("$.data.recipient is required")
                .withMessageNotContaining("X-Amz");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> new NoContractViolations().afterEach(null))
                .withMessageContaining("$.data.recipient is required");
        assertThat(NoContractViolations.take()).isEmpty();
    }

    @Test
    void eventWithoutATimeIsNotWritten() {
        CloudEvent<UploadExpired> event = new CloudEvent<>(
                "1",
                "crm",
                EventType.UPLOAD_EXPIRED,
                null,
                null,
                null,
                new UploadExpired("7c1f", "attache", null, null, NOW));

        assertThatIllegalStateException()
                .isThrownBy(() -> codec.write(event))
                .withMessageContaining("$.time is required");
        assertThat(NoContractViolations.take()).hasSize(1);
    }

    @Test
    void codecOfAnApplicationIsReplaced() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean(EventCodec.class, () -> new JsonEventCodec(DataSize.ofKilobytes(256)));
            new ValidatingEventCodecInitializer().initialize(context);
            context.refresh();

            assertThat(context.getBean(EventCodec.class)).isInstanceOf(ValidatingEventCodec.class);
        }
    }

    /** A mail without a recipient. */
    private static CloudEvent<LinkIssued> issued(String url) {
        Link link = new Link(
                Link.Rel.DOWNLOAD, null, "GET", new SignedUrl(url), Map.of(), Map.of(), null, null, null, null, NOW);
        return new CloudEvent<>(
                "1",
                "crm",
                EventType.LINK_ISSUED,
                NOW,
                null,
                null,
                new LinkIssued(
                        "7c1f",
                        Channel.EMAIL,
                        LinkIssued.Purpose.DOWNLOAD,
                        null,
                        null,
                        null,
                        List.of(link),
                        NOW,
                        null,
                        null,
                        null,
                        null));
    }
}

package dev.attache.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.attache.contract.Channel;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.ObjectCreated;
import dev.attache.contract.Recipient;
import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import dev.attache.link.SourcePolicies;
import dev.attache.link.SourcePolicy;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class LinkDeliveryUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com");
    private static final Delivery SAMPLE = Samples.delivery(Purpose.DOWNLOAD, ANA, null,
            Samples.download("a.pdf", "https://s3.example/a?X-Amz-Signature=secret"));

    private final List<MimeMessage> sent = new ArrayList<>();

    @Test
    void anIssuedLinkBecomesAMail() throws Exception {
        delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(sent).singleElement().satisfies(mail ->
                assertThat(mail.getMessageID()).isEqualTo("<" + Samples.ID + "@acme.example>"));
    }

    @Test
    void noLinkIsLogged(CapturedOutput output) {
        delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(output.getAll()).doesNotContain("X-Amz-Signature");
    }

    @Test
    void aLinkOfAnotherChannelIsRefused() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> delivery(Channel.NEWSLETTER, SAMPLE.issued(), Duration.ZERO).accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION))
                .withMessageContaining("filter policy");
        assertThat(sent).isEmpty();
    }

    @Test
    void anExpiredLinkIsNotMailed() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ofDays(2)).accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
        assertThat(sent).isEmpty();
    }

    private LinkDelivery delivery(Channel channel, LinkIssued issued, Duration late) {
        Clock clock = Clock.fixed(Samples.ISSUED.plus(late), ZoneOffset.UTC);
        Desk desk = new Desk();
        return new LinkDelivery(channel, new OneEvent(issued), new OnlyAcme(),
                new FreshLinks(new RecordingSigner(clock), clock), desk.writer(), desk.composer(),
                new Dispatch(new ClaimsInMemory(), Relays.open(sent::add)));
    }

    private static Message<byte[]> message() {
        return MessageBuilder.withPayload("the event".getBytes(StandardCharsets.UTF_8)).build();
    }

    /** A queue that holds one event. */
    private record OneEvent(LinkIssued issued) implements EventCodec {

        @Override
        public <T> CloudEvent<T> read(byte[] body, EventType<T> expected) {
            return new CloudEvent<>(Samples.ID, "crm", expected, Samples.ISSUED, null, null,
                    expected.dataType().cast(issued));
        }

        @Override
        public List<ObjectCreated> readObjectsCreated(byte[] body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Recipient readRecipient(String line, long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] write(CloudEvent<?> event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Origin> originOf(byte[] body) {
            return Optional.empty();
        }
    }

    /** Knows one source. */
    private static final class OnlyAcme implements SourcePolicies {

        @Override
        public SourcePolicy require(String source, @Nullable String senderId) {
            return require(source);
        }

        @Override
        public SourcePolicy require(String source) {
            return new Samples.Acme();
        }
    }
}

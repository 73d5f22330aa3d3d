package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.Delivery;
import dev.attache.delivery.mail.MailLimitException;
import dev.attache.delivery.mail.MailLimits;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.Relays;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

@ExtendWith(OutputCaptureExtension.class)
class LinkIssuedHandlerUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com");
    private static final Delivery SAMPLE = Samples.delivery(
            Purpose.DOWNLOAD, ANA, null, Samples.download("a.pdf", "https://s3.example/a?X-Amz-Signature=secret"));

    private final List<OutgoingMail> sent = new ArrayList<>();
    private final ClaimsInMemory claims = new ClaimsInMemory();
    private final List<String> announced = new ArrayList<>();
    private final Samples.Acme acme = new Samples.Acme();

    @Test
    void anIssuedLinkBecomesAMail() throws Exception {
        delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(sent)
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.message().getMessageID()).isEqualTo("<" + Samples.ID + "@acme.example>"));
    }

    @Test
    void noLinkIsLogged(CapturedOutput output) {
        delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(output.getAll()).doesNotContain("X-Amz-Signature");
    }

    @Test
    void aLinkOfAnotherChannelIsRefused() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> delivery(Channel.NEWSLETTER, SAMPLE.issued(), Duration.ZERO)
                        .accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION))
                .withMessageContaining("filter policy");
        assertThat(sent).isEmpty();
    }

    @Test
    void anExpiredLinkIsNotMailed() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ofDays(2))
                        .accept(message()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
        assertThat(sent).isEmpty();
    }

    @Test
    void aSourceThatAsksForItIsToldOfEachMailHoweverOftenItsEventComes() {
        acme.mailSentEvents = true;
        LinkIssuedHandler delivery = delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO);

        delivery.accept(message());
        delivery.accept(message());

        assertThat(sent).hasSize(1);
        assertThat(announced).hasSize(2).containsOnly(Samples.ID + " <" + Samples.ID + "@acme.example>");
    }

    @Test
    void aMailThatWasSentDoesNotWaitForItsOwnLimit() {
        acme.mailSentEvents = true;
        acme.mailsPerRecipientPerDay = 1;
        LinkIssuedHandler delivery = delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO);

        delivery.accept(message());
        delivery.accept(message());

        assertThat(sent).hasSize(1);
        assertThat(announced).hasSize(2);
    }

    @Test
    void aMailBeyondItsLimitWaitsAndGivesItsClaimBack() {
        acme.mailsPerRecipientPerDay = 1;
        LinkIssuedHandler delivery = delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO);
        delivery.accept(message());
        claims.states.clear();

        assertThatExceptionOfType(MailLimitException.class).isThrownBy(() -> delivery.accept(message()));

        assertThat(sent).hasSize(1);
        assertThat(claims.states).containsValue("free");
    }

    @Test
    void othersAreNotTold() {
        delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(announced).isEmpty();
    }

    @Test
    void bouncesGoToTheSourcesOwnAddressWhereItHasOne() {
        delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());
        assertThat(sent.getLast().envelopeFrom()).isEqualTo("files@acme.example");
        assertThat(sent.getLast().ownEnvelope()).isFalse();

        acme.envelopeFrom = "bounces@crm.example";
        claims.states.clear();
        delivery(Channel.EMAIL, SAMPLE.issued(), Duration.ZERO).accept(message());

        assertThat(sent.getLast().envelopeFrom()).isEqualTo("bounces@crm.example");
        assertThat(sent.getLast().ownEnvelope()).isTrue();
    }

    private LinkIssuedHandler delivery(Channel channel, LinkIssued issued, Duration late) {
        Clock clock = Clock.fixed(Samples.ISSUED.plus(late), ZoneOffset.UTC);
        Desk desk = new Desk();
        return new LinkIssuedHandler(
                channel,
                new OneEvent(issued),
                new OnlyAcme(acme),
                new MailLimits(new SimpleMeterRegistry(), clock, new Random(1)),
                new LinkRenewal(new RecordingSigner(clock), new ObjectsInMemory(), clock),
                desk.writer(),
                desk.composer(),
                new MailDispatcher(claims, Relays.open(sent::add)),
                (event, messageId) -> announced.add(event.id() + " " + messageId));
    }

    private static Message<byte[]> message() {
        return MessageBuilder.withPayload("the event".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** A queue that holds one event. */
    private record OneEvent(LinkIssued issued) implements EventCodec {

        @Override
        public <T> CloudEvent<T> read(byte[] body, EventType<T> expected) {
            return new CloudEvent<>(
                    Samples.ID,
                    "crm",
                    expected,
                    Samples.ISSUED,
                    null,
                    null,
                    expected.dataType().cast(issued));
        }

        @Override
        public ObjectNotification readObjectsCreated(byte[] body) {
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
    private record OnlyAcme(SourcePolicy acme) implements SourcePolicies {

        @Override
        public SourcePolicy require(String source, @Nullable String senderId) {
            return require(source);
        }

        @Override
        public SourcePolicy require(String source) {
            return acme;
        }
    }
}

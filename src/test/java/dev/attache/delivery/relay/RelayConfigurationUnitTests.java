package dev.attache.delivery.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.delivery.relay.TransportProperties.Transport;
import dev.attache.ledger.LedgerProperties;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayConfigurationUnitTests {

    /** A transport that does nothing. */
    private record NamedTransport(Transport kind, String sender) implements MailTransport {

        @Override
        public String send(OutgoingMail mail) {
            throw new UnsupportedOperationException();
        }
    }

    /** A factory of transports that take at most 870 seconds for a mail. */
    private record NamedFactory(Transport transport) implements MailTransportFactory {

        @Override
        public SendingTime longestSendingTime() {
            return new SendingTime(Duration.ofSeconds(870), "some-timeout");
        }

        @Override
        public MailTransport create(String sender) {
            return new NamedTransport(transport, sender);
        }
    }

    private static MailTransport transport(Transport transport, Duration claimLease) {
        return new RelayConfiguration()
                .mailTransport(
                        new TransportProperties(transport, "Acme <files@acme.example>"),
                        new LedgerProperties("attachments", "ledger/", claimLease, false),
                        List.of(new NamedFactory(Transport.SMTP), new NamedFactory(Transport.SES)));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void theConfiguredTransportIsUsed(Transport kind) {
        assertThat(transport(kind, Duration.ofMinutes(15))).isEqualTo(new NamedTransport(kind, "files@acme.example"));
    }

    @Test
    void aClaimThatCouldExpireWhileItsMailIsSentIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transport(Transport.SMTP, Duration.ofMinutes(5)))
                .withMessageContaining("attache.ledger.claim-lease is 300s, but a mail may take 870s to send")
                .withMessageContaining("some-timeout")
                .withMessageContaining("set it to 871s or more");
    }

    @Test
    void invalidLimitsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelayProperties(0, 10, Duration.ofMinutes(2)))
                .withMessageContaining("attache.mail.limits.per-second");
    }
}

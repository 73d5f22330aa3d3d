package dev.attache.delivery.relay.smtp;

import static dev.attache.relay.behaviour.Answer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.attache.delivery.relay.Mails;
import dev.attache.delivery.relay.RelayDownException;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.ConnectionRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the relay without a mail. */
class SmtpProbeUnitTests extends SmtpTransportTestBase {

    @Test
    void aProbeOpensAConnectionThatTheNextMailUses() {
        transport.probe();
        transport.send(Mails.to(ANA));

        assertThat(server.connections())
                .singleElement()
                .extracting(ConnectionRecord::mails)
                .isEqualTo(1);
    }

    @Test
    void aProbeFailsIfTheRelayIsDown() {
        server.refuseConnections();

        assertThatExceptionOfType(RelayDownException.class).isThrownBy(() -> transport.probe());
    }

    @ParameterizedTest
    @ValueSource(ints = {421, 451, 550})
    void aProbeFailsIfTheRelayRefusesTheSender(int code) {
        behave(Behaviours.at(Stage.MAIL_FROM, reply(code, "4.3.2 Not accepting mail")));

        assertThatExceptionOfType(RelayDownException.class).isThrownBy(() -> transport.probe());

        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.openConnections().isEmpty());
    }
}

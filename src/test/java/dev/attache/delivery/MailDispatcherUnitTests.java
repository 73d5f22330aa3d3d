package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.RelayDownException;
import dev.attache.delivery.relay.Relays;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MailDispatcherUnitTests {

    private final ClaimsInMemory claims = new ClaimsInMemory();
    private final List<OutgoingMail> sent = new ArrayList<>();
    private final OutgoingMail mail = new OutgoingMail(
            "d",
            "files@acme.example",
            false,
            "ana@example.com",
            new MimeMessage(Session.getInstance(new Properties())));

    @Test
    void aMailIsClaimedBeforeItIsMadeAndMarkedAfterItIsSent() {
        MailDispatcher dispatch = new MailDispatcher(claims, Relays.open(it -> {
            assertThat(claims.states).containsEntry("d", "sending");
            sent.add(it);
        }));

        boolean sentNow = dispatch.send("d", null, () -> {
            assertThat(claims.states).containsEntry("d", "sending");
            return mail;
        });

        assertThat(sentNow).isTrue();
        assertThat(sent).containsExactly(mail);
        assertThat(claims.states).containsEntry("d", "sent");
    }

    @Test
    void aMailThatWasSentIsNeitherMadeNorSentAgain() {
        MailDispatcher dispatch = new MailDispatcher(claims, Relays.open(sent::add));
        dispatch.send("d", null, () -> mail);

        boolean sentNow = dispatch.send("d", null, () -> {
            throw new AssertionError("Made for nobody");
        });

        assertThat(sentNow).isFalse();
        assertThat(sent).hasSize(1);
    }

    @Test
    void aClaimIsGivenBackWhenTheRelayFails() {
        MailDispatcher down = new MailDispatcher(claims, Relays.open(it -> {
            throw Relays.down();
        }));

        assertThatExceptionOfType(RelayDownException.class).isThrownBy(() -> down.send("d", null, () -> mail));
        assertThat(claims.states).containsEntry("d", "free");
        new MailDispatcher(claims, Relays.open(sent::add)).send("d", null, () -> mail);

        assertThat(sent).containsExactly(mail);
    }

    @Test
    void aClaimIsKeptWhenNobodyKnowsWhetherTheMailWasTakenAndOneMoreAttemptIsMadeAfterItsLease() {
        MailDispatcher silent = new MailDispatcher(claims, Relays.open(it -> {
            sent.add(it);
            throw Relays.uncertain();
        }));

        assertThatExceptionOfType(DeliveryUncertainException.class)
                .isThrownBy(() -> silent.send("d", null, () -> mail))
                .satisfies(first -> assertThat(first.retryAfter()).isEqualTo(Duration.ofMinutes(15)));
        assertThat(claims.states).containsEntry("d", "sending");
        assertThatExceptionOfType(DeliveryUncertainException.class)
                .isThrownBy(() -> silent.send("d", null, () -> mail))
                .satisfies(second -> assertThat(second.retryAfter()).isNull());

        assertThat(sent).hasSize(2);
    }

    @Test
    void aClaimIsGivenBackWhenTheMailCannotBeMade() {
        MailDispatcher dispatch = new MailDispatcher(claims, Relays.open(sent::add));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dispatch.send("d", null, () -> {
                    throw new RejectedException(RejectionCode.LINK_EXPIRED, "too late");
                }));

        assertThat(claims.states).containsEntry("d", "free");
        assertThat(sent).isEmpty();
    }

    @Test
    void anotherMailUnderTheIdOfOneThatWasSentIsRejectedAndNeitherMadeNorSent() {
        MailDispatcher dispatch = new MailDispatcher(claims, Relays.open(sent::add));
        dispatch.send("d", "1:a", () -> mail);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dispatch.send("d", "1:b", () -> {
                    throw new AssertionError("Made for nobody");
                }))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED));
        assertThat(dispatch.send("d", "1:a", () -> mail)).isFalse();

        assertThat(sent).hasSize(1);
        assertThat(claims.states).containsEntry("d", "sent");
    }
}

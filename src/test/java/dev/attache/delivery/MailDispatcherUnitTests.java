package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.RelayDownException;
import dev.attache.delivery.relay.Relays;
import dev.attache.ledger.ClaimKey;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailDispatcherUnitTests {

    private final InMemoryClaims claims = new InMemoryClaims();
    private final List<OutgoingMail> sent = new ArrayList<>();
    private final OutgoingMail mail = new OutgoingMail(
            "d",
            "files@acme.example",
            false,
            "ana@example.com",
            new MimeMessage(Session.getInstance(new Properties())));

    private static MailClaim claim(@Nullable String contentDigest) {
        return new MailClaim(ClaimKey.of("d"), contentDigest, null);
    }

    @Test
    void aMailIsClaimedBeforeItIsComposedAndMarkedAfterItWasSent() {
        MailDispatcher dispatcher = new MailDispatcher(claims, Relays.open(it -> {
            assertThat(claims.states).containsEntry("d", "sending");
            sent.add(it);
        }));

        boolean sentNow = dispatcher.send(claim(null), () -> {
            assertThat(claims.states).containsEntry("d", "sending");
            return mail;
        });

        assertThat(sentNow).isTrue();
        assertThat(sent).containsExactly(mail);
        assertThat(claims.states).containsEntry("d", "sent");
    }

    @Test
    void aMailThatWasSentIsNeitherComposedNorSentAgain() {
        MailDispatcher dispatcher = new MailDispatcher(claims, Relays.open(sent::add));
        dispatcher.send(claim(null), () -> mail);

        boolean sentNow = dispatcher.send(claim(null), () -> {
            throw new AssertionError("The mail must not be composed");
        });

        assertThat(sentNow).isFalse();
        assertThat(sent).hasSize(1);
    }

    @Test
    void theClaimIsReleasedIfTheRelayFails() {
        MailDispatcher down = new MailDispatcher(claims, Relays.open(it -> {
            throw Relays.down();
        }));

        assertThatExceptionOfType(RelayDownException.class).isThrownBy(() -> down.send(claim(null), () -> mail));
        assertThat(claims.states).containsEntry("d", "free");
        new MailDispatcher(claims, Relays.open(sent::add)).send(claim(null), () -> mail);

        assertThat(sent).containsExactly(mail);
    }

    @Test
    void theClaimIsKeptAfterAnUncertainDeliveryAndOneRetryFollowsItsLease() {
        MailDispatcher silent = new MailDispatcher(claims, Relays.open(it -> {
            sent.add(it);
            throw Relays.uncertain();
        }));

        assertThatExceptionOfType(DeliveryUncertainException.class)
                .isThrownBy(() -> silent.send(claim(null), () -> mail))
                .satisfies(first -> assertThat(first.retryAfter()).isEqualTo(Duration.ofMinutes(15)));
        assertThat(claims.states).containsEntry("d", "sending");
        assertThatExceptionOfType(DeliveryUncertainException.class)
                .isThrownBy(() -> silent.send(claim(null), () -> mail))
                .satisfies(second -> assertThat(second.retryAfter()).isNull());

        assertThat(sent).hasSize(2);
    }

    @Test
    void theClaimIsReleasedIfTheMailCannotBeComposed() {
        MailDispatcher dispatcher = new MailDispatcher(claims, Relays.open(sent::add));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dispatcher.send(claim(null), () -> {
                    throw new RejectedException(RejectionCode.LINK_EXPIRED, "too late");
                }));

        assertThat(claims.states).containsEntry("d", "free");
        assertThat(sent).isEmpty();
    }

    @Test
    void aMailWithTheIdOfAnotherMailIsRejected() {
        MailDispatcher dispatcher = new MailDispatcher(claims, Relays.open(sent::add));
        dispatcher.send(claim("1:a"), () -> mail);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dispatcher.send(claim("1:b"), () -> {
                    throw new AssertionError("The mail must not be composed");
                }))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED));
        assertThat(dispatcher.send(claim("1:a"), () -> mail)).isFalse();

        assertThat(sent).hasSize(1);
        assertThat(claims.states).containsEntry("d", "sent");
    }
}

package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.Relay;
import dev.attache.delivery.relay.RelayDownException;
import dev.attache.delivery.relay.Relays;
import dev.attache.ledger.ClaimKey;
import dev.attache.ledger.Claims.Acceptance;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailDispatcherUnitTests {

    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");

    private final InMemoryClaims claims = new InMemoryClaims();
    private final List<OutgoingMail> sent = new ArrayList<>();
    private final OutgoingMail mail = new OutgoingMail(
            "d",
            "files@acme.example",
            false,
            "ana@example.com",
            new MimeMessage(Session.getInstance(new Properties())));

    private MailDispatcher dispatcher(Relay relay) {
        return new MailDispatcher(claims, relay, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static MailClaim claim(@Nullable String contentDigest) {
        return new MailClaim(ClaimKey.of("d"), contentDigest, null);
    }

    @Test
    void aMailIsClaimedBeforeItIsComposedAndMarkedAfterItWasSent() {
        MailDispatcher dispatcher = dispatcher(Relays.open(it -> {
            assertThat(claims.states).containsEntry("d", "sending");
            sent.add(it);
        }));

        MailDispatcher.Result result = dispatcher.send(claim(null), () -> {
            assertThat(claims.states).containsEntry("d", "sending");
            return mail;
        });

        assertThat(result).isEqualTo(MailDispatcher.Result.SENT);
        assertThat(sent).containsExactly(mail);
        assertThat(claims.states).containsEntry("d", "sent");
    }

    @Test
    void theRelaysReplyAndItsTimeAreKeptWithTheClaim() {
        dispatcher(Relays.open(sent::add)).send(claim(null), () -> mail);

        assertThat(claims.accepted).containsExactly(entry("d", new Acceptance(NOW, Relays.ACCEPTED)));
    }

    @Test
    void aMailThatWasSentIsNeitherComposedNorSentAgain() {
        MailDispatcher dispatcher = dispatcher(Relays.open(sent::add));
        dispatcher.send(claim(null), () -> mail);

        MailDispatcher.Result result = dispatcher.send(claim(null), () -> {
            throw new AssertionError("The mail must not be composed");
        });

        assertThat(result).isEqualTo(MailDispatcher.Result.SENT_BEFORE);
        assertThat(sent).hasSize(1);
    }

    @Test
    void theClaimIsReleasedIfTheRelayFails() {
        MailDispatcher down = dispatcher(Relays.open(it -> {
            throw Relays.down();
        }));

        assertThatExceptionOfType(RelayDownException.class).isThrownBy(() -> down.send(claim(null), () -> mail));
        assertThat(claims.states).containsEntry("d", "free");
        dispatcher(Relays.open(sent::add)).send(claim(null), () -> mail);

        assertThat(sent).containsExactly(mail);
    }

    @Test
    void theClaimIsKeptAfterAnUncertainDeliveryAndOneRetryFollowsItsLease() {
        MailDispatcher silent = dispatcher(Relays.open(it -> {
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
        MailDispatcher dispatcher = dispatcher(Relays.open(sent::add));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dispatcher.send(claim(null), () -> {
                    throw new RejectedException(RejectionCode.LINK_EXPIRED, "too late");
                }));

        assertThat(claims.states).containsEntry("d", "free");
        assertThat(sent).isEmpty();
    }

    @Test
    void aMailWithTheIdOfAnotherMailIsRejected() {
        MailDispatcher dispatcher = dispatcher(Relays.open(sent::add));
        dispatcher.send(claim("1:a"), () -> mail);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> dispatcher.send(claim("1:b"), () -> {
                    throw new AssertionError("The mail must not be composed");
                }))
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED));
        assertThat(dispatcher.send(claim("1:a"), () -> mail)).isEqualTo(MailDispatcher.Result.SENT_BEFORE);

        assertThat(sent).hasSize(1);
        assertThat(claims.states).containsEntry("d", "sent");
    }
}

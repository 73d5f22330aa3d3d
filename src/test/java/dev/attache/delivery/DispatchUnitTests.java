package dev.attache.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.springframework.mail.MailSendException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DispatchUnitTests {

    private final ClaimsInMemory claims = new ClaimsInMemory();
    private final List<MimeMessage> sent = new ArrayList<>();
    private final MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));

    @Test
    void aMailIsClaimedBeforeItIsMadeAndMarkedAfterItIsSent() {
        Dispatch dispatch = new Dispatch(claims, Relays.open(it -> {
            assertThat(claims.states).containsEntry("d", "sending");
            sent.add(it);
        }));

        dispatch.send("d", () -> {
            assertThat(claims.states).containsEntry("d", "sending");
            return mail;
        });

        assertThat(sent).containsExactly(mail);
        assertThat(claims.states).containsEntry("d", "sent");
    }

    @Test
    void aMailThatWasSentIsNeitherMadeNorSentAgain() {
        Dispatch dispatch = new Dispatch(claims, Relays.open(sent::add));
        dispatch.send("d", () -> mail);

        dispatch.send("d", () -> {
            throw new AssertionError("Made for nobody");
        });

        assertThat(sent).hasSize(1);
    }

    @Test
    void aClaimIsGivenBackWhenTheRelayFails() {
        Dispatch down = new Dispatch(claims, Relays.open(it -> {
            throw new MailSendException("down");
        }));

        assertThatExceptionOfType(MailSendException.class).isThrownBy(() -> down.send("d", () -> mail));
        assertThat(claims.states).containsEntry("d", "free");
        new Dispatch(claims, Relays.open(sent::add)).send("d", () -> mail);

        assertThat(sent).containsExactly(mail);
    }

    @Test
    void aClaimIsGivenBackWhenTheMailCannotBeMade() {
        Dispatch dispatch = new Dispatch(claims, Relays.open(sent::add));

        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> dispatch.send("d", () -> {
            throw new RejectedException(RejectionCode.LINK_EXPIRED, "too late");
        }));

        assertThat(claims.states).containsEntry("d", "free");
        assertThat(sent).isEmpty();
    }
}

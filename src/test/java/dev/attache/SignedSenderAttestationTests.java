package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.keys.Keys;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedSenderAttestationTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static final String SENDER = "AROAUPSTREAM:session=1,a@b.example";

    private final SignedSenderAttestation senders = at(NOW, Keys.of(List.of(key("new", 1), key("old", 2))));

    private static Keys.Key key(String id, int fill) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) fill);
        return new Keys.Key(id, secret);
    }

    private static SignedSenderAttestation at(Instant now, Keys keys) {
        return new SignedSenderAttestation(keys, true, Clock.fixed(now, ZoneOffset.UTC));
    }

    private String statement() {
        return senders.attest("requests", "the body", SENDER).orElseThrow();
    }

    @Test
    void aStatementNamesTheSenderInPrintableAscii() {
        assertThat(senders.senderOf("requests", "the body", statement())).hasValue(SENDER);
        assertThat(statement()).matches("[ -~]+").endsWith(" " + SENDER).hasSizeLessThan(200);
    }

    @Test
    void aStatementIsInvalidForAnotherBodyOrQueue() {
        assertThat(senders.senderOf("requests", "the bodY", statement())).isEmpty();
        assertThat(senders.senderOf("requests", "the body ", statement())).isEmpty();
        assertThat(senders.senderOf("purchases", "the body", statement())).isEmpty();
    }

    @Test
    void aChangedStatementIsInvalid() {
        String statement = statement();
        for (int i = 0; i < statement.length(); i++) {
            for (char other : new char[] {'A', '1', ' ', 'z'}) {
                String changed = statement.substring(0, i) + other + statement.substring(i + 1);
                if (!changed.equals(statement)) {
                    // Two bits of the last base64 digit are unused.
                    assertThat(senders.senderOf("requests", "the body", changed))
                            .isNotEqualTo(Optional.of("AROAFORGER"))
                            .matches(found -> found.isEmpty() || found.get().equals(SENDER));
                }
            }
        }
        assertThat(senders.senderOf("requests", "the body", statement.replace("UPSTREAM", "DOWNSTREAM")))
                .isEmpty();
    }

    @Test
    void aStatementIsValidWhileItsKeyExists() {
        String old = at(NOW, Keys.of(List.of(key("old", 2))))
                .attest("requests", "the body", SENDER)
                .orElseThrow();
        String gone = at(NOW, Keys.of(List.of(key("gone", 3))))
                .attest("requests", "the body", SENDER)
                .orElseThrow();
        String pretender = at(NOW, Keys.of(List.of(key("new", 3))))
                .attest("requests", "the body", SENDER)
                .orElseThrow();

        assertThat(senders.senderOf("requests", "the body", old)).hasValue(SENDER);
        assertThat(senders.senderOf("requests", "the body", gone)).isEmpty();
        assertThat(senders.senderOf("requests", "the body", pretender)).isEmpty();
    }

    @Test
    void aStatementExpiresBeforeTheClaimsOfItsMails() {
        Keys keys = Keys.of(List.of(key("new", 1)));

        assertThat(at(NOW.plus(SignedSenderAttestation.VALID), keys).senderOf("requests", "the body", statement()))
                .hasValue(SENDER);
        assertThat(at(NOW.plus(SignedSenderAttestation.VALID).plusSeconds(1), keys)
                        .senderOf("requests", "the body", statement()))
                .isEmpty();
        assertThat(SignedSenderAttestation.VALID).hasDays(21);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "AROAUPSTREAM", "1 new 1763715600 x AROAUPSTREAM", "1 new 99999999999999 x y", "2 a b c d"})
    void anotherTextIsNotAStatement(String text) {
        assertThat(senders.senderOf("requests", "the body", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "line\nend", "\u00fc"})
    void noStatementIsMadeForAnUnprintableSender(String senderId) {
        assertThat(senders.attest("requests", "the body", senderId)).isEmpty();
    }

    @Test
    void noKeyIsReadWithoutAPinnedSource() {
        Keys none = new Keys() {

            @Override
            public Key newest() {
                throw new AssertionError("Asked for");
            }

            @Override
            public List<Key> all() {
                throw new AssertionError("Asked for");
            }
        };
        SignedSenderAttestation unneeded = new SignedSenderAttestation(none, false, Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(unneeded.attest("requests", "the body", SENDER)).isEmpty();
        assertThat(unneeded.senderOf("requests", "the body", statement())).isEmpty();
        assertThat(at(NOW, none).senderOf("requests", "the body", "no statement"))
                .isEmpty();
    }
}

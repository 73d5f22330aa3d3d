package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditPage;
import dev.attache.audit.AuditUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignInAuditTests {

    private Instant now = Instant.parse("2026-11-27T16:00:00Z");

    private boolean down;

    private final List<AuditEntry> entries = new ArrayList<>();

    private final SignInAudit audit = new SignInAudit(this::log, new Clock() {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    private AuditLog log() {
        return new AuditLog() {

            @Override
            public void record(AuditEntry entry) {
                if (down) {
                    throw new AuditUnavailableException("S3 does not answer", new IllegalStateException());
                }
                entries.add(entry);
            }

            @Override
            public AuditPage latest(int limit, @Nullable String older, String containing) {
                return new AuditPage(List.of(), null);
            }
        };
    }

    @Test
    void guessesCannotFloodTheAudit() {
        for (int i = 0; i < 1_000; i++) {
            audit.failed("ana", "192.0.2.1", "wrong password");
        }
        assertThat(entries).hasSize(SignInAudit.MOST_FAILURES);

        now = now.plus(SignInAudit.INTERVAL);
        audit.failed("ana", "192.0.2.1", "wrong password");

        assertThat(entries).hasSize(SignInAudit.MOST_FAILURES + 1);
        assertThat(entries.getLast().details()).containsEntry("not recorded before", "990");
    }

    @Test
    void floodsDoNotHideASignIn() {
        for (int i = 0; i < 100; i++) {
            audit.failed("ana", "192.0.2.1", "wrong password");
        }

        audit.signedIn("ana", "198.51.100.7", "password");

        assertThat(entries.getLast().action()).isEqualTo("sign-in");
        assertThat(entries.getLast().details()).containsEntry("client", "198.51.100.7");
    }

    @Test
    void whileTheAuditIsDownPeopleCanStillSignInToLook() {
        down = true;

        assertThatNoException().isThrownBy(() -> audit.signedIn("ana", "192.0.2.1", "password"));
    }
}

package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignInAttemptsTests {

    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final SignInAttempts attempts = new SignInAttempts(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void fail(int times, String name, String client) {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.begin(name, client)).isZero();
        }
    }

    @Test
    void theWaitAfterWrongPasswordsDoublesUpToALimit() {
        fail(SignInAttempts.FREE, "ana", "192.0.2.1");

        assertThat(attempts.begin("ana", "192.0.2.1")).isEqualTo(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        fail(1, "ana", "192.0.2.1");
        assertThat(attempts.begin("ana", "192.0.2.1")).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 12; i++) {
            pass(SignInAttempts.LONGEST_WAIT);
            fail(1, "ana", "192.0.2.1");
        }
        assertThat(attempts.begin("ana", "192.0.2.1")).isEqualTo(SignInAttempts.LONGEST_WAIT);
    }

    @Test
    void attemptsThatWereRefusedDoNotLengthenTheWait() {
        fail(SignInAttempts.FREE, "ana", "192.0.2.1");
        for (int i = 0; i < 100; i++) {
            attempts.begin("ana", "192.0.2.1");
        }

        pass(Duration.ofSeconds(2));

        assertThat(attempts.begin("ana", "192.0.2.1")).isZero();
    }

    @Test
    void rightPasswordsOfAClientWithManyWrongOnesDoNotWaitForOneAnother() {
        for (int name = 0; name < SignInAttempts.FREE_OF_CLIENT; name++) {
            fail(1, "name" + name, "192.0.2.1");
        }
        assertThat(attempts.begin("script", "192.0.2.1")).isPositive();
        pass(SignInAttempts.FIRST_WAIT);

        for (int request = 0; request < 50; request++) {
            assertThat(attempts.begin("script", "192.0.2.1")).isZero();
            attempts.succeeded("script", "192.0.2.1");
        }

        fail(1, "ben", "192.0.2.1");
        assertThat(attempts.begin("script", "192.0.2.1")).isGreaterThan(SignInAttempts.FIRST_WAIT);
    }

    @Test
    void wrongPasswordsAreForgottenAlthoughRightOnesFollow() {
        for (int name = 0; name < SignInAttempts.FREE_OF_CLIENT; name++) {
            fail(1, "name" + name, "192.0.2.1");
        }
        for (int minute = 0; minute < 60; minute++) {
            pass(Duration.ofMinutes(1));
            fail(1, "script", "192.0.2.1");
            attempts.succeeded("script", "192.0.2.1");
        }

        pass(Duration.ofMinutes(1));

        fail(SignInAttempts.FREE, "ben", "192.0.2.1");
    }

    @Test
    void nobodyIsLockedOutFromElsewhere() {
        for (int client = 0; client < 500; client++) {
            attempts.begin("ana", "198.51.100." + client);
            attempts.begin("ana", "198.51.100." + client);
        }

        assertThat(attempts.begin("ana", "192.0.2.1")).isZero();
    }

    @Test
    void whileManyClientsFailForANameEachHasASingleAttempt() {
        for (int client = 0; client < SignInAttempts.UNDER_ATTACK; client++) {
            fail(1, "ana", "198.51.100." + client);
        }

        fail(1, "ana", "192.0.2.1");
        assertThat(attempts.begin("ana", "192.0.2.1")).isPositive();
        fail(2, "ben", "192.0.2.1");
    }

    @Test
    void aClientThatTriesManyNamesHasToWait() {
        for (int name = 0; name < SignInAttempts.FREE_OF_CLIENT; name++) {
            fail(1, "name" + name, "192.0.2.1");
        }

        assertThat(attempts.begin("another", "192.0.2.1")).isPositive();
        assertThat(attempts.begin("another", "192.0.2.2")).isZero();
    }

    @Test
    void aRightPasswordEndsTheCountOfItsNameButNotThatOfTheClient() {
        for (int round = 0; round < 4; round++) {
            fail(SignInAttempts.FREE, "ana", "192.0.2.1");
            attempts.succeeded("ana", "192.0.2.1");
        }

        fail(SignInAttempts.FREE_OF_CLIENT - 4 * (SignInAttempts.FREE - 1), "own", "192.0.2.1");
        assertThat(attempts.begin("ben", "192.0.2.1")).isPositive();
    }

    @Test
    void attemptsAtTheSameTimeDoNotPassTogether() {
        long passed = IntStream.range(0, 50)
                .filter(attempt -> attempts.begin("ana", "192.0.2.1").isZero())
                .count();

        assertThat(passed).isEqualTo(SignInAttempts.FREE);
    }

    @Test
    void failuresAreForgottenAfterAnHour() {
        fail(SignInAttempts.FREE, "ana", "192.0.2.1");

        pass(SignInAttempts.FORGOTTEN_AFTER.plusNanos(1));

        fail(SignInAttempts.FREE, "ana", "192.0.2.1");
    }

    @Test
    void manyInventedNamesAndClientsDoNotMakeAWaitingClientForgotten() {
        fail(SignInAttempts.FREE, "ana", "192.0.2.1");

        for (int i = 0; i < 9_000; i++) {
            attempts.begin("name" + i, "198.51.100." + i);
        }

        assertThat(attempts.begin("ana", "192.0.2.1")).isPositive();
    }
}

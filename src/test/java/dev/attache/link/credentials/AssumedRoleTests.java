package dev.attache.link.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.link.LinkNotSignableException;
import dev.attache.link.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class AssumedRoleTests {

    private static final String ROLE = "arn:aws:iam::123456789012:role/attache-links";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T09:00:00Z"));

    private final StsDouble sts = new StsDouble(clock);

    private final AssumedRole role = new AssumedRole(sts, ROLE, HOUR, clock);

    @Test
    void theRoleIsAssumedForTheConfiguredSession() {
        assertThat(signedWith(HOUR, MINUTE)).isEqualTo("ASIA1");

        assertThat(sts.requests).singleElement().satisfies(request -> {
            assertThat(request.roleArn()).isEqualTo(ROLE);
            assertThat(request.roleSessionName()).isEqualTo("attache");
            assertThat(request.durationSeconds()).isEqualTo(3600);
        });
    }

    @Test
    void aSessionThatIsLongEnoughForTheLinkIsUsedAgain() {
        signedWith(Duration.ofMinutes(30), MINUTE);
        clock.advance(Duration.ofMinutes(30));

        assertThat(signedWith(Duration.ofMinutes(30), MINUTE)).isEqualTo("ASIA1");
    }

    @Test
    void aSessionThatIsTooShortForTheLinkIsRenewed() {
        signedWith(Duration.ofMinutes(30), MINUTE);
        clock.advance(Duration.ofMinutes(31));

        assertThat(signedWith(Duration.ofMinutes(30), MINUTE)).isEqualTo("ASIA2");
        assertThat(signedWith(Duration.ofMinutes(30), MINUTE)).isEqualTo("ASIA2");
    }

    @Test
    void linksLongerThanASessionRenewItAtMostOnceAMinute() {
        for (int second = 0; second < 180; second++) {
            signedWith(DAY, MINUTE);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(sts.requests).hasSize(3);
    }

    @Test
    void aFailedRenewalFallsBackToASessionThatIsLongEnough() {
        signedWith(HOUR, MINUTE);
        clock.advance(Duration.ofMinutes(40));
        sts.refuse(503, "slow down");

        assertThat(signedWith(HOUR, Duration.ofMinutes(20))).isEqualTo("ASIA1");
        assertThat(signedWith(HOUR, Duration.ofMinutes(20))).isEqualTo("ASIA1");
        assertThat(sts.requests).hasSize(2);
    }

    @Test
    void aFailedRenewalIsATransientErrorIfTheSessionIsTooShort() {
        signedWith(HOUR, MINUTE);
        clock.advance(Duration.ofMinutes(40));
        sts.refuse(503, "slow down");

        assertThatThrownBy(() -> signedWith(HOUR, Duration.ofMinutes(21)))
                .isInstanceOf(LinkNotSignableException.class)
                .hasMessageContaining(ROLE)
                .hasMessageContaining("slow down");
    }

    @Test
    void aRenewalThatIsNeededIsTriedAgainAfterFiveSeconds() {
        sts.answer = request -> {
            throw SdkClientException.create("no route");
        };
        assertThatThrownBy(() -> signedWith(HOUR, MINUTE)).isInstanceOf(LinkNotSignableException.class);
        sts.answer = sts::session;

        clock.advance(Duration.ofSeconds(4));
        assertThatThrownBy(() -> signedWith(HOUR, MINUTE)).isInstanceOf(LinkNotSignableException.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(signedWith(HOUR, MINUTE)).isEqualTo("ASIA2");
    }

    @Test
    void aRenewalThatIsNotNeededIsTriedAgainAfterAMinute() {
        signedWith(HOUR, MINUTE);
        clock.advance(Duration.ofMinutes(2));
        sts.refuse(503, "slow down");
        signedWith(HOUR, MINUTE);
        sts.answer = sts::session;

        clock.advance(Duration.ofSeconds(59));
        assertThat(signedWith(HOUR, MINUTE)).isEqualTo("ASIA1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(signedWith(HOUR, MINUTE)).isEqualTo("ASIA3");
    }

    @Test
    void concurrentCallersShareOneRequest() throws Exception {
        assertThat(signedAtTheSameTime()).containsOnly("ASIA1");
        assertThat(sts.requests).hasSize(1);
    }

    @Test
    void concurrentCallersShareOneFailure() throws Exception {
        sts.refuse(503, "slow down");

        assertThat(signedAtTheSameTime()).containsOnly("not signable");
        assertThat(sts.requests).hasSize(1);
    }

    @Test
    void theLimitIsTheSessionLessTheTimeBetweenTwoRenewals() {
        assertThat(role.lifetimeLimit())
                .isEqualTo(new LinkLifetimeLimit.Known(
                        Duration.ofMinutes(58), "sessions of attache.links.signing-role-arn"));

        Duration counted = Duration.ofMinutes(58);
        for (int i = 0; i < 200; i++) {
            Duration left = Duration.between(
                    clock.instant(), role.forLink(DAY, counted).expirationTime().orElseThrow());
            assertThat(left).isGreaterThanOrEqualTo(counted);
            clock.advance(Duration.ofSeconds(47));
        }
    }

    @Test
    void theLimitIsNotLongerThanTheSessionThatStsGives() {
        sts.answer =
                request -> sts.session(request.toBuilder().durationSeconds(900).build());

        assertThat(role.lifetimeLimit())
                .isEqualTo(new LinkLifetimeLimit.Known(
                        Duration.ofMinutes(13), "sessions of attache.links.signing-role-arn"));
    }

    @Test
    void aRoleThatCannotBeAssumedStopsTheStartAndTheErrorNamesTheFix() {
        sts.refuse(
                400,
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");

        assertThatIllegalStateException()
                .isThrownBy(role::lifetimeLimit)
                .withMessageContaining("attache.links.signing-role-arn is " + ROLE)
                .withMessageContaining("no session of 1h")
                .withMessageContaining("role chaining")
                .withMessageContaining("attache.links.signing-session");
    }

    @Test
    void theStsClientIsClosedWithTheRole() {
        role.close();

        assertThat(sts.closed).isOne();
    }

    private String signedWith(Duration lifetime, Duration least) {
        return role.forLink(lifetime, least).accessKeyId();
    }

    /** All have asked, or are about to, before STS answers the first. */
    private List<String> signedAtTheSameTime() throws Exception {
        int callers = 20;
        CountDownLatch asking = new CountDownLatch(callers);
        var answered = sts.answer;
        sts.answer = request -> {
            await(asking);
            return answered.apply(request);
        };
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> signed = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                signed.add(executor.submit(() -> {
                    asking.countDown();
                    try {
                        return signedWith(HOUR, MINUTE);
                    } catch (LinkNotSignableException e) {
                        return "not signable";
                    }
                }));
            }
            List<String> results = new ArrayList<>();
            for (Future<String> each : signed) {
                results.add(each.get());
            }
            return results;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

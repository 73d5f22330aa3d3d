package dev.attache.link.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.link.LinkNotSignableException;
import dev.attache.link.SettableClock;
import dev.attache.link.SignedLink;
import dev.attache.link.signing.S3LinkSigner;
import dev.attache.link.signing.SignedQuery;
import dev.attache.link.signing.Signers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class AmbientCredentialsTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration HOUR = Duration.ofHours(1);

    private final Clock clock = Clock.systemUTC();

    private final Rotating provider = new Rotating();

    private final AmbientCredentials credentials = new AmbientCredentials(provider, Signers.UNKNOWN_LIFE, clock);

    @Test
    void eachLinkIsSignedWithTheProvidersCurrentCredentials() {
        Instant now = clock.instant();
        provider.next(Signers.session("ASIAFIRST", now.plus(HOUR)), Signers.session("ASIASECOND", now.plus(HOUR)));

        S3LinkSigner signer = signer();
        assertThat(download(signer, HOUR)).contains("ASIAFIRST");
        assertThat(download(signer, HOUR)).contains("ASIASECOND");
    }

    @Test
    void credentialsThatExpireTooSoonAreRequestedAgainByARetry() {
        Instant now = clock.instant();
        provider.next(Signers.session("ASIADYING", now.plusSeconds(30)), Signers.session("ASIAFRESH", now.plus(HOUR)));

        S3LinkSigner signer = signer();
        assertThatThrownBy(() -> download(signer, HOUR)).isInstanceOf(LinkNotSignableException.class);
        assertThat(download(signer, HOUR)).contains("ASIAFRESH");
    }

    @Test
    void theProviderThatTheWorkersClientsShareIsNotClosedWithTheSigningCredentials() {
        // Spring closes beans that are AutoCloseable.
        assertThat(credentials).isNotInstanceOf(AutoCloseable.class);
    }

    @Test
    void aFailingProviderCausesATransientError() {
        assertThatThrownBy(() -> credentials.forLink(HOUR, MINUTE))
                .isInstanceOf(LinkNotSignableException.class)
                .hasMessageContaining("no metadata")
                .hasCauseInstanceOf(SdkClientException.class);
    }

    @Test
    void missingCredentialsStopTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(credentials::lifetimeLimit)
                .withMessageContaining("AWS_ACCESS_KEY_ID")
                .withCauseInstanceOf(SdkClientException.class);
    }

    @Test
    void theAccessKeysOfAnIamUserAllowLinksOfSevenDays() {
        assertThat(limitOf(AwsBasicCredentials.create(Signers.ACCESS_KEY, Signers.SECRET)))
                .isEqualTo(new LinkLifetimeLimit.Known(Duration.ofDays(7), "an IAM user's access keys"));
    }

    @Test
    void theLimitOfARoleDoesNotDependOnTheRestOfItsCurrentSession() {
        assertThat(limitOf(Signers.session("ASIA1", clock.instant().plus(MINUTE))))
                .isInstanceOfSatisfying(
                        LinkLifetimeLimit.Known.class,
                        known -> assertThat(known.duration()).isEqualTo(Duration.ofHours(6)));
    }

    @Test
    void aRoleWithALongerSessionAllowsLongerLinks() {
        assertThat(limitOf(Signers.session(
                        "ASIA1", clock.instant().plus(Duration.ofHours(12)).plusSeconds(30))))
                .isInstanceOfSatisfying(
                        LinkLifetimeLimit.Known.class,
                        known -> assertThat(known.duration()).isEqualTo(Duration.ofHours(12)));
    }

    @Test
    void aSessionTokenWithoutAnExpiryAllowsLinksOfTheAssumedLifetime() {
        assertThat(limitOf(AwsSessionCredentials.create(Signers.ACCESS_KEY, Signers.SECRET, "token")))
                .isInstanceOfSatisfying(
                        LinkLifetimeLimit.Assumed.class,
                        assumed -> assertThat(assumed.duration()).isEqualTo(HOUR));
    }

    @Test
    void aSessionWithoutAnExpiryIsAssumedToExpireAfterItsFirstUse() {
        SettableClock settable = new SettableClock(clock.instant());
        AwsCredentials exported = AwsSessionCredentials.create("ASIAEXPORTED", Signers.SECRET, "token");
        AmbientCredentials ambient = new AmbientCredentials(() -> exported, HOUR, settable);
        ambient.lifetimeLimit();
        Instant end = settable.instant().plus(HOUR);

        settable.advance(Duration.ofMinutes(20));
        assertThat(ambient.forLink(Duration.ofDays(7), MINUTE).expirationTime()).hasValue(end);

        settable.advance(Duration.ofMinutes(39).plusSeconds(1));
        assertThatThrownBy(() -> ambient.forLink(Duration.ofDays(7), MINUTE))
                .isInstanceOf(LinkNotSignableException.class)
                .hasMessageContaining("attache.links.unknown-session-life");
    }

    @Test
    void eachSessionWithoutAnExpiryHasItsOwnAssumedLifetime() {
        SettableClock settable = new SettableClock(clock.instant());
        provider.next(
                AwsSessionCredentials.create("ASIAFIRST", Signers.SECRET, "token"),
                AwsSessionCredentials.create("ASIASECOND", Signers.SECRET, "token"));
        AmbientCredentials ambient = new AmbientCredentials(provider, HOUR, settable);

        ambient.forLink(HOUR, MINUTE);
        settable.advance(Duration.ofHours(2));

        assertThat(ambient.forLink(HOUR, MINUTE).expirationTime())
                .hasValue(settable.instant().plus(HOUR));
    }

    @Test
    void aLinkOfASessionWithoutAnExpiryIsLimitedToTheAssumedLifetime() {
        AwsCredentials exported = AwsSessionCredentials.create("ASIAEXPORTED", Signers.SECRET, "token");
        S3LinkSigner signer = new S3LinkSigner(
                new AmbientCredentials(() -> exported, HOUR, clock), Region.EU_WEST_1, null, false, clock);
        SignedLink link = signer.get(Signers.object("a"), "a", null, Duration.ofDays(7), MINUTE);

        assertThat(link.expiresAt()).isBeforeOrEqualTo(clock.instant().plus(HOUR));
        assertThat(SignedQuery.of(link.url()).validFor()).isLessThanOrEqualTo(HOUR);
    }

    private LinkLifetimeLimit limitOf(AwsCredentials current) {
        provider.next(current);
        return credentials.lifetimeLimit();
    }

    private S3LinkSigner signer() {
        return new S3LinkSigner(credentials, Region.EU_WEST_1, null, false, clock);
    }

    private static String download(S3LinkSigner signer, Duration lifetime) {
        return signer.get(Signers.object("a"), "a", null, lifetime, MINUTE)
                .url()
                .reveal();
    }

    /** Returns the next credentials with each call, and fails after the last. */
    private static final class Rotating implements AwsCredentialsProvider {

        private final Deque<AwsCredentials> next = new ArrayDeque<>();

        void next(AwsCredentials... credentials) {
            next.addAll(List.of(credentials));
        }

        @Override
        public AwsCredentials resolveCredentials() {
            if (next.isEmpty()) {
                throw SdkClientException.create("no metadata");
            }
            return next.remove();
        }
    }
}

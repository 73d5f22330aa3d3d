package dev.attache.link.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.link.LinkNotSignableException;
import dev.attache.link.SignedLink;
import dev.attache.link.signing.S3LinkSigner;
import dev.attache.link.signing.SignedQuery;
import dev.attache.link.signing.Signers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiringCredentialsTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock = Clock.systemUTC();

    @Test
    void aLinkOfAnIamUserHasTheRequestedLifetimeFromItsSigning() {
        S3LinkSigner signer = Signers.ofUser();
        Instant before = clock.instant();

        SignedLink link = signer.get(Signers.object("a"), "a", null, Duration.ofDays(7), MINUTE);

        SignedQuery query = SignedQuery.of(link.url());
        assertThat(query.validFor()).isEqualTo(Duration.ofDays(7));
        assertThat(link.expiresAt())
                .isEqualTo(query.signedAt().plus(Duration.ofDays(7)))
                .isBetween(
                        before.minusSeconds(1).plus(Duration.ofDays(7)),
                        clock.instant().plus(Duration.ofDays(7)));
    }

    @Test
    void aLinkExpiresNoLaterThanItsCredentials() {
        Instant end = clock.instant().plus(Duration.ofMinutes(40));
        S3LinkSigner signer = Signers.ofRole(end, clock);
        SignedLink get = signer.get(Signers.object("a"), "a", null, Duration.ofHours(24), MINUTE);
        SignedLink put = signer.put(Signers.upload("a", null), Duration.ofHours(24), MINUTE);
        SignedLink post = signer.post(Signers.upload("a", null), 10, Duration.ofHours(24), MINUTE);

        assertThat(get.expiresAt()).isBetween(end.minusSeconds(3), end);
        assertThat(put.expiresAt()).isBetween(end.minusSeconds(3), end);
        assertThat(post.expiresAt()).isBetween(end.minusSeconds(3), end);
        assertThat(SignedQuery.of(get.url()).validFor()).isLessThanOrEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void aLinkThatExpiresBeforeItsCredentialsKeepsItsLifetime() {
        Instant end = clock.instant().plus(Duration.ofMinutes(40));
        S3LinkSigner signer = Signers.ofRole(end, clock);
        SignedLink link = signer.get(Signers.object("a"), "a", null, Duration.ofMinutes(5), MINUTE);

        assertThat(SignedQuery.of(link.url()).validFor()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aLinkThatWouldExpireBeforeTheMinimumIsNotSigned() {
        Instant end = clock.instant().plus(Duration.ofSeconds(50));
        S3LinkSigner signer = Signers.ofRole(end, clock);
        assertThatThrownBy(() -> signer.get(Signers.object("a"), "a", null, Duration.ofHours(24), MINUTE))
                .isInstanceOf(LinkNotSignableException.class)
                .hasMessageContaining("IAM user")
                .hasMessageContaining("min-expiry");
    }

    @Test
    void aLinkWithALifetimeBelowTheMinimumIsSigned() {
        Instant end = clock.instant().plus(Duration.ofSeconds(50));
        S3LinkSigner signer = Signers.ofRole(end, clock);
        SignedLink link = signer.put(Signers.upload("a", null), Duration.ofSeconds(30), MINUTE);

        assertThat(SignedQuery.of(link.url()).validFor()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void expiredCredentialsSignNothing() {
        Instant end = clock.instant().minusSeconds(10);
        S3LinkSigner signer = Signers.ofRole(end, clock);
        assertThatThrownBy(() -> signer.post(Signers.upload("a", null), 10, MINUTE, Duration.ZERO))
                .isInstanceOf(LinkNotSignableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT168H0.001S"})
    void signatureVersion4AllowsOneSecondToSevenDays(Duration lifetime) {
        S3LinkSigner signer = Signers.ofUser();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.get(Signers.object("a"), "a", null, lifetime, MINUTE))
                .withMessageContaining("7 days");
    }
}

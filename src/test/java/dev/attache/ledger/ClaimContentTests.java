package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a claim records of the content of a mail. */
class ClaimContentTests extends ClaimsTestBase {

    @Test
    void mailThatWasSentIsNotClaimedForTheSameContentAndRejectedForAnother() {
        claims.take(ClaimKey.of(ID), "1:a", null).orElseThrow().sent();

        assertThat(others.take(ClaimKey.of(ID), "1:a", null)).isEmpty();
        assertRejected("1:b", "which was sent");
        assertThat(stored()).contains("\"state\":\"sent\"", "\"contentDigest\":\"1:a\"");
    }

    @Test
    void otherContentIsRejectedWhileTheClaimIsHeldAndAfterItsLease() {
        claims.take(ClaimKey.of(ID), "1:a", null);
        assertRejected("1:b", "which may have been sent");
        s3.now = s3.now.plus(LEASE).plusSeconds(1);
        assertRejected("1:b", "which may have been sent");

        assertThat(others.take(ClaimKey.of(ID), "1:a", null).orElseThrow().takenOver())
                .isTrue();
    }

    @Test
    void mailThatWasCertainlyNotSentMayChangeItsContent() {
        claims.take(ClaimKey.of(ID), "1:a", null).orElseThrow().release();

        others.take(ClaimKey.of(ID), "1:b", null).orElseThrow().sent();

        assertRejected("1:a", "which was sent");
        assertThat(claims.take(ClaimKey.of(ID), "1:b", null)).isEmpty();
    }

    @Test
    void otherContentIsRejectedAfterATakeover() {
        claims.take(ClaimKey.of(ID), "1:a", null);
        s3.now = s3.now.plus(LEASE).plusSeconds(1);
        others.take(ClaimKey.of(ID), "1:a", null).orElseThrow().release();

        assertRejected("1:b", "which may have been sent");
        assertThat(claims.take(ClaimKey.of(ID), "1:a", null)).isPresent();
    }

    @Test
    void claimOfAReleaseWithoutDigestsFitsEveryContent() {
        take(claims).sent();
        s3.objects.computeIfPresent(
                KEY,
                (key, content) -> new String(content, StandardCharsets.UTF_8)
                        .replace(",\"contentDigest\":null", "")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(stored()).doesNotContain("contentDigest");

        assertThat(claims.take(ClaimKey.of(ID), "1:a", null)).isEmpty();
    }

    @Test
    void deliveryOfAReleaseWithoutDigestsFitsEveryClaim() {
        claims.take(ClaimKey.of(ID), "1:a", null).orElseThrow().sent();

        assertThat(claims.take(ClaimKey.of(ID), null, null)).isEmpty();
    }

    @Test
    void comparingContentTakesNoRequest() {
        claims.take(ClaimKey.of(ID), "1:a", null).orElseThrow().sent();

        assertThat(s3.gets).isZero();
    }

    private void assertRejected(String content, String why) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> worker(4).take(ClaimKey.of(ID), content, null))
                .withMessageContaining(why)
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED))
                .satisfies(error -> assertThat(error.contentDigest()).hasValue(content));
    }
}

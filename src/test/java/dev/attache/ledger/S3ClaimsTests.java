package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.ledger.Claims.Claim;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ClaimsTests extends ClaimsTestBase {

    @Test
    void claimIsTakenAndThenMarkedAsSent() {
        Claim claim = take(claims);
        assertThat(stored()).contains("\"state\":\"sending\"", "\"owner\":\"");

        claim.sent();

        assertThat(stored()).contains("\"state\":\"sent\"");
        assertThat(s3.gets).isZero();
    }

    @Test
    void mailThatWasSentIsNeverClaimedAgain() {
        take(claims).sent();
        s3.now = s3.now.plus(Duration.ofDays(18));

        assertThat(others.take(ClaimKey.of(ID), null, null)).isEmpty();
        assertThat(claims.take(ClaimKey.of(ID), null, null)).isEmpty();
    }

    @Test
    void claimOfAnotherWorkerIsNotTaken() {
        take(claims);
        s3.now = s3.now.plusSeconds(100);

        assertThatExceptionOfType(ClaimHeldException.class)
                .isThrownBy(() -> others.take(ClaimKey.of(ID), null, null))
                .withMessageContaining(ID)
                .withMessageContaining("201 s")
                .satisfies(held -> assertThat(held.left()).isEqualTo(Duration.ofSeconds(201)));
    }

    @Test
    void secondDeliveryToTheSameWorkerDoesNotGetTheClaim() {
        take(claims);

        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> claims.take(ClaimKey.of(ID), null, null));
    }

    @Test
    void claimIsTakenOverWhenItsLeaseHasExpired() {
        take(claims);
        s3.now = s3.now.plus(LEASE).plusSeconds(1);

        take(others).sent();

        assertThat(claims.take(ClaimKey.of(ID), null, null)).isEmpty();
    }

    @Test
    void truncatedDatesDoNotShortenALease() {
        s3.now = Instant.parse("2026-11-21T09:00:00.900Z");
        take(claims);
        s3.now = Instant.parse("2026-11-21T09:05:00.100Z");

        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> others.take(ClaimKey.of(ID), null, null));
    }

    @Test
    void takeoverStartsANewLease() {
        take(claims);
        s3.now = s3.now.plus(Duration.ofHours(1));
        take(others);

        assertThatExceptionOfType(ClaimHeldException.class)
                .isThrownBy(() -> worker(3).take(ClaimKey.of(ID), null, null));
    }

    @Test
    void leaseDoesNotExpireWithoutADateInTheResponse() {
        take(claims);
        s3.now = s3.now.plus(Duration.ofHours(1));
        s3.dated = false;

        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> others.take(ClaimKey.of(ID), null, null));
    }

    @Test
    void releasedClaimIsFreeAtOnce() {
        take(claims).release();

        take(others).sent();

        assertThat(stored()).contains("\"state\":\"sent\"");
    }

    @Test
    void claimIsReadBackWhenTheResponseToTheWriteWasLost() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        take(claims).sent();

        assertThat(stored()).contains("\"state\":\"sent\"");
    }

    @Test
    void takeoverIsReadBackWhenTheResponseToTheWriteWasLost() {
        take(claims).release();
        s3.troubles.add(Trouble.ANSWER_LOST);

        take(others).sent();

        assertThat(stored()).contains("\"state\":\"sent\"");
    }

    @Test
    void conflictsAreRetried() {
        s3.troubles.addAll(Collections.nCopies(3, Trouble.CONFLICT));

        assertThat(claims.take(ClaimKey.of(ID), null, null)).isPresent();
        assertThat(pauses).hasValue(3);
    }

    @Test
    void nothingIsClaimedWhileS3IsUnavailable() {
        s3.troubles.add(Trouble.UNAVAILABLE);

        assertThatThrownBy(() -> claims.take(ClaimKey.of(ID), null, null)).isInstanceOf(S3Exception.class);
    }

    @Test
    void idThatIsNotAUuidDoesNotLeaveTheFolder() {
        assertThat(claims.take(ClaimKey.of("../pages/" + "x".repeat(2000)), null, null))
                .isPresent();

        assertThat(s3.objects.keySet()).singleElement().asString().matches("ledger/claims/[0-9a-f-]{36}");
        assertThatExceptionOfType(ClaimHeldException.class)
                .isThrownBy(() -> others.take(ClaimKey.of("../pages/" + "x".repeat(2000)), null, null));
    }

    @Test
    void unknownFieldIsIgnored() {
        take(claims).sent();
        s3.objects.computeIfPresent(
                KEY,
                (key, content) -> new String(content, StandardCharsets.UTF_8)
                        .replaceFirst("\\{", "{\"later\":1,")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(others.take(ClaimKey.of(ID), null, null)).isEqualTo(Optional.empty());
    }
}

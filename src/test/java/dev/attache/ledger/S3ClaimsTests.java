package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.Claims.Claim;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ClaimsTests {

    private static final String ID = "0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d";

    private static final String KEY = "ledger/claims/" + ID;

    private static final Duration LEASE = Duration.ofMinutes(5);

    private final InMemoryS3 s3 = new InMemoryS3();

    private final AtomicInteger pauses = new AtomicInteger();

    private final Claims claims = worker(1);

    private final Claims others = worker(2);

    private Claims worker(int seed) {
        Pause pause = attempt -> pauses.incrementAndGet();
        return new S3Claims(
                new ConditionalObjects(s3, "attachments", pause), "ledger/", LEASE, new Random(seed), pause);
    }

    private String standing() {
        return new String(s3.objects.get(KEY), StandardCharsets.UTF_8);
    }

    private Claim take(Claims worker) {
        return worker.take(ID, null).orElseThrow();
    }

    @Test
    void aClaimIsTakenAndMarked() {
        Claim claim = take(claims);
        assertThat(standing()).contains("\"state\":\"sending\"", "\"owner\":\"");

        claim.sent();

        assertThat(standing()).contains("\"state\":\"sent\"");
        assertThat(s3.gets).isZero();
    }

    @Test
    void whatWasSentIsNotClaimedAgainHoweverLate() {
        take(claims).sent();
        s3.now = s3.now.plus(Duration.ofDays(18));

        assertThat(others.take(ID, null)).isEmpty();
        assertThat(claims.take(ID, null)).isEmpty();
    }

    @Test
    void aClaimThatAnotherHoldsIsNotTaken() {
        take(claims);
        s3.now = s3.now.plusSeconds(100);

        assertThatExceptionOfType(ClaimHeldException.class)
                .isThrownBy(() -> others.take(ID, null))
                .withMessageContaining(ID)
                .withMessageContaining("201 s")
                .satisfies(held -> assertThat(held.left()).isEqualTo(Duration.ofSeconds(201)));
    }

    @Test
    void aSecondDeliveryToTheSameWorkerIsAnotherTaker() {
        take(claims);

        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> claims.take(ID, null));
    }

    @Test
    void aClaimWhoseLeaseIsOverIsTakenOver() {
        take(claims);
        s3.now = s3.now.plus(LEASE).plusSeconds(1);

        take(others).sent();

        assertThat(claims.take(ID, null)).isEmpty();
    }

    @Test
    void datesCutToSecondsDoNotShortenALease() {
        s3.now = Instant.parse("2026-11-21T09:00:00.900Z");
        take(claims);
        s3.now = Instant.parse("2026-11-21T09:05:00.100Z");

        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> others.take(ID, null));
    }

    @Test
    void aTakeoverBeginsANewLease() {
        take(claims);
        s3.now = s3.now.plus(Duration.ofHours(1));
        take(others);

        assertThatExceptionOfType(ClaimHeldException.class)
                .isThrownBy(() -> worker(3).take(ID, null));
    }

    @Test
    void anAnswerWithoutADateEndsNoLease() {
        take(claims);
        s3.now = s3.now.plus(Duration.ofHours(1));
        s3.dated = false;

        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> others.take(ID, null));
    }

    @Test
    void aClaimGivenBackIsFreeAtOnce() {
        take(claims).giveBack();

        take(others).sent();

        assertThat(standing()).contains("\"state\":\"sent\"");
    }

    @Test
    void aClaimOfOurOwnWhoseAnswerWasLostIsReadBack() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        take(claims).sent();

        assertThat(standing()).contains("\"state\":\"sent\"");
    }

    @Test
    void aTakeoverOfOurOwnWhoseAnswerWasLostIsReadBack() {
        take(claims).giveBack();
        s3.troubles.add(Trouble.ANSWER_LOST);

        take(others).sent();

        assertThat(standing()).contains("\"state\":\"sent\"");
    }

    @Test
    void conflictsAreTriedAgain() {
        s3.troubles.addAll(Collections.nCopies(3, Trouble.CONFLICT));

        assertThat(claims.take(ID, null)).isPresent();
        assertThat(pauses).hasValue(3);
    }

    @Test
    void withoutTheLedgerNothingIsClaimed() {
        s3.troubles.add(Trouble.UNAVAILABLE);

        assertThatThrownBy(() -> claims.take(ID, null)).isInstanceOf(S3Exception.class);
    }

    @Test
    void anIdThatIsNoUuidStaysInTheFolder() {
        assertThat(claims.take("../pages/" + "x".repeat(2000), null)).isPresent();

        assertThat(s3.objects.keySet()).singleElement().asString().matches("ledger/claims/[0-9a-f-]{36}");
        assertThatExceptionOfType(ClaimHeldException.class)
                .isThrownBy(() -> others.take("../pages/" + "x".repeat(2000), null));
    }

    @Test
    void aFieldOfALaterReleaseIsPassedOver() {
        take(claims).sent();
        s3.objects.computeIfPresent(
                KEY,
                (key, content) -> new String(content, StandardCharsets.UTF_8)
                        .replaceFirst("\\{", "{\"later\":1,")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(others.take(ID, null)).isEqualTo(Optional.empty());
    }

    @Test
    void aMailThatWasSentIsSentBeforeForTheSameContentAndReusedForAnother() {
        claims.take(ID, "1:a").orElseThrow().sent();

        assertThat(others.take(ID, "1:a")).isEmpty();
        assertReused("1:b", "which was sent");
        assertThat(standing()).contains("\"state\":\"sent\"", "\"contentDigest\":\"1:a\"");
    }

    @Test
    void aClaimThatIsHeldIsReusedForAnotherContentWhetherOrNotItsLeaseIsOver() {
        claims.take(ID, "1:a");
        assertReused("1:b", "which may have been sent");
        s3.now = s3.now.plus(LEASE).plusSeconds(1);
        assertReused("1:b", "which may have been sent");

        assertThat(others.take(ID, "1:a").orElseThrow().takenOver()).isTrue();
    }

    @Test
    void aMailThatWasCertainlyNotSentMayBeCorrectedAndThenTheFirstContentIsReused() {
        claims.take(ID, "1:a").orElseThrow().giveBack();

        others.take(ID, "1:b").orElseThrow().sent();

        assertReused("1:a", "which was sent");
        assertThat(claims.take(ID, "1:b")).isEmpty();
    }

    @Test
    void aClaimGivenBackAfterATakeoverIsNotOpenToAnotherContent() {
        claims.take(ID, "1:a");
        s3.now = s3.now.plus(LEASE).plusSeconds(1);
        others.take(ID, "1:a").orElseThrow().giveBack();

        assertReused("1:b", "which may have been sent");
        assertThat(claims.take(ID, "1:a")).isPresent();
    }

    @Test
    void aClaimOfAReleaseWithoutDigestsIsNeverReused() {
        take(claims).sent();
        s3.objects.computeIfPresent(
                KEY,
                (key, content) -> new String(content, StandardCharsets.UTF_8)
                        .replace(",\"contentDigest\":null", "")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(standing()).doesNotContain("contentDigest");

        assertThat(claims.take(ID, "1:a")).isEmpty();
    }

    @Test
    void aDeliveryOfAReleaseWithoutDigestsIsNeverReused() {
        claims.take(ID, "1:a").orElseThrow().sent();

        assertThat(claims.take(ID, null)).isEmpty();
    }

    @Test
    void aDigestCostsNoCall() {
        claims.take(ID, "1:a").orElseThrow().sent();

        assertThat(s3.gets).isZero();
    }

    private void assertReused(String content, String why) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> worker(4).take(ID, content))
                .withMessageContaining(why)
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.ID_REUSED))
                .satisfies(error -> assertThat(error.contentDigest()).hasValue(content));
    }
}

package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.Claims.Claim;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A claim is marked as sent or released, also when S3 fails. */
@ExtendWith(OutputCaptureExtension.class)
class S3ClaimMarksTests {

    private static final String ID = "0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d";

    private static final String KEY = "ledger/claims/" + ID;

    private final InMemoryS3 s3 = new InMemoryS3();

    private final AtomicInteger pauses = new AtomicInteger();

    private final Claims claims = worker(1);

    private final Claims others = worker(2);

    private Claims worker(int seed) {
        Pause pause = attempt -> pauses.incrementAndGet();
        ConditionalObjects objects = new ConditionalObjects(s3, "attachments", pause);
        return new S3Claims(
                objects,
                "ledger/",
                new ClaimsBeforePages(objects, "attache-keys/", () -> false),
                Duration.ofMinutes(5),
                new Random(seed),
                pause);
    }

    private String storedClaim() {
        return new String(s3.objects.get(KEY), StandardCharsets.UTF_8);
    }

    private Claim take(Claims worker) {
        return worker.take(ClaimKey.of(ID), null, null).orElseThrow();
    }

    @Test
    void theRelaysReplyIsKeptAndEarlierBuildsIgnoreIt() {
        take(claims).sent(new Acceptance(Instant.parse("2026-11-20T10:15:30Z"), "250 2.0.0 Ok: queued as 4A3"));

        assertThat(storedClaim())
                .contains("\"state\":\"sent\"")
                .contains("\"accepted\":{\"at\":\"2026-11-20T10:15:30Z\",\"reply\":\"250 2.0.0 Ok: queued as 4A3\"}");
        // Earlier builds know none of the additional fields, as this one knows none of later ones.
        assertThat(ClaimRecord.read(
                        storedClaim().replace("\"accepted\"", "\"later\"").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ClaimRecord.read(storedClaim().getBytes(StandardCharsets.UTF_8))
                        .sent(null));
    }

    @Test
    void aClaimThatAnEarlierBuildMarkedHasNoReply() {
        assertThat(ClaimRecord.read("{\"state\":\"sent\",\"owner\":\"o\"}".getBytes(StandardCharsets.UTF_8)))
                .satisfies(record -> assertThat(record.accepted()).isNull());
    }

    @Test
    void markingIsRetriedUntilItSucceeds() {
        Claim claim = take(claims);
        s3.troubles.addAll(Collections.nCopies(7, Trouble.UNAVAILABLE));

        claim.sent();

        assertThat(storedClaim()).contains("\"state\":\"sent\"");
        assertThat(pauses).hasValue(7);
    }

    @Test
    void failingMarkIsLoggedOnceAndRetried(CapturedOutput output) {
        Claim claim = take(claims);
        s3.troubles.addAll(Collections.nCopies(40, Trouble.UNAVAILABLE));

        claim.sent();

        assertThat(storedClaim()).contains("\"state\":\"sent\"");
        assertThat(output.toString().lines().filter(line -> line.contains("could not be marked as sent yet")))
                .hasSize(1);
    }

    @Test
    void interruptEndsTheRetriesAndIsLogged(CapturedOutput output) {
        Claim claim = take(claims);
        s3.troubles.addAll(Collections.nCopies(8, Trouble.UNAVAILABLE));
        Thread.currentThread().interrupt();

        claim.sent();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(storedClaim()).contains("\"state\":\"sending\"");
        assertThat(output)
                .contains("Mail " + ID + " was sent, but could not be marked as sent before the worker stopped");
    }

    @Test
    void takenOverClaimStaysTakenOverAfterItsRelease() {
        assertThat(take(claims).takenOver()).isFalse();
        s3.now = s3.now.plus(Duration.ofHours(1));

        Claim other = take(others);
        assertThat(other.takenOver()).isTrue();
        other.release();

        assertThat(take(claims).takenOver()).isTrue();
    }

    @Test
    void releasedClaimIsNotTakenOver() {
        take(claims).release();

        assertThat(take(others).takenOver()).isFalse();
    }

    @Test
    void markIsReadBackWhenTheResponseToTheWriteWasLost(CapturedOutput output) {
        Claim claim = take(claims);
        s3.troubles.add(Trouble.ANSWER_LOST);

        claim.sent();

        assertThat(storedClaim()).contains("\"state\":\"sent\"");
        assertThat(output).doesNotContain("WARN", "ERROR");
    }

    @Test
    void lateMarkIsWrittenToAClaimThatAnotherWorkerTookOver(CapturedOutput output) {
        Claim late = take(claims);
        s3.now = s3.now.plus(Duration.ofHours(1));
        Claim other = take(others);

        late.sent();
        other.release();

        assertThat(output).contains("taken over while this worker sent the mail");
        assertThat(worker(3).take(ClaimKey.of(ID), null, null)).isEmpty();
    }

    @Test
    void mailThatTwoWorkersSentIsLogged(CapturedOutput output) {
        Claim late = take(claims);
        s3.now = s3.now.plus(Duration.ofHours(1));
        take(others).sent();

        late.sent();

        assertThat(output).contains("Mail " + ID + " was sent twice");
    }

    @Test
    void claimOfAnotherWorkerIsNotReleased() {
        Claim late = take(claims);
        s3.now = s3.now.plus(Duration.ofHours(1));
        take(others);

        late.release();

        assertThat(storedClaim()).contains("\"state\":\"sending\"");
    }

    @Test
    void failureToReleaseIsLogged(CapturedOutput output) {
        Claim claim = take(claims);
        s3.troubles.add(Trouble.UNAVAILABLE);

        claim.release();

        assertThat(output).contains("could not be released");
        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> others.take(ClaimKey.of(ID), null, null));
    }
}

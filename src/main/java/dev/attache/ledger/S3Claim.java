package dev.attache.ledger;

import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A claim with the ETag of its object, by which changes of other workers are detected. */
final class S3Claim implements Claims.Claim {

    private static final Logger log = LoggerFactory.getLogger(S3Claim.class);

    /** The number of attempts before a warning is logged. */
    private static final int QUIET_TRIES = 5;

    /** The attempt from which on the pause does not grow any more: about 20 s. */
    private static final int LONGEST_PAUSE = 11;

    private final ConditionalObjects objects;

    private final String deliveryId;

    private final String key;

    /** The record as this worker wrote it. */
    private final ClaimRecord ours;

    private final String eTag;

    private final Duration lease;

    private final Pause pause;

    S3Claim(
            ConditionalObjects objects,
            String deliveryId,
            String key,
            ClaimRecord ours,
            String eTag,
            Duration lease,
            Pause pause) {
        this.objects = objects;
        this.deliveryId = deliveryId;
        this.key = key;
        this.ours = ours;
        this.eTag = eTag;
        this.lease = lease;
        this.pause = pause;
    }

    @Override
    public boolean takenOver() {
        return ours.timesTakenOver() > 0;
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public void sent(@Nullable Acceptance accepted) {
        ClaimRecord sent = ours.sent(accepted);
        Optional<String> expectedTag = Optional.of(eTag);
        for (int attempt = 1; expectedTag.isPresent(); attempt++) {
            try {
                if (attempt > 1) {
                    pause.beforeTry(Math.min(attempt - 1, LONGEST_PAUSE));
                }
                expectedTag = mark(sent, expectedTag.get());
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    log.error(
                            "Mail {} was sent, but could not be marked as sent before the worker stopped: if its event"
                                    + " is received again after the lease, the mail is sent again. {}",
                            deliveryId,
                            e.toString());
                    return;
                }
                if (attempt == QUIET_TRIES) {
                    log.warn(
                            "Mail {} was sent, but could not be marked as sent yet; the worker retries until it"
                                    + " succeeds. {}",
                            deliveryId,
                            e.toString());
                }
            }
        }
    }

    /** Returns the ETag for the next attempt; empty if nothing is left to do. */
    private Optional<String> mark(ClaimRecord sent, String expectedTag) {
        if (write(sent, expectedTag)) {
            return Optional.empty();
        }
        Optional<ConditionalObjects.Stored> found = objects.get(key);
        if (found.isEmpty()) {
            log.warn(
                    "The claim on mail {} does not exist any more; check whether a lifecycle rule deletes claims too"
                            + " early",
                    deliveryId);
            return Optional.empty();
        }
        ClaimRecord record = ClaimRecord.read(found.get().content());
        if (record.state() == ClaimRecord.State.SENT) {
            if (!record.owner().equals(ours.owner())) {
                log.warn(
                        "Mail {} was sent twice: the lease of this worker had expired, and another worker sent it too",
                        deliveryId);
            }
            return Optional.empty();
        }
        if (!record.owner().equals(ours.owner())) {
            // Mark the claim although another worker has it: the mail was sent, and must not be sent a third time.
            log.warn(
                    "The claim on mail {} was taken over while this worker sent the mail; it may be sent twice",
                    deliveryId);
        }
        return Optional.of(found.get().eTag());
    }

    @Override
    public void release() {
        try {
            if (!write(ours.released(), eTag)) {
                log.info("The claim on mail {} was not released, because another worker has changed it", deliveryId);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "The claim on mail {} could not be released, and is kept until its lease expires: {}",
                    deliveryId,
                    e.toString());
        }
    }

    private boolean write(ClaimRecord changed, String expectedTag) {
        return objects.putIfMatch(key, changed.bytes(), S3Claims.CONTENT_TYPE, expectedTag)
                .isPresent();
    }
}

package dev.attache.ledger;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A claim as it was written, with the ETag that says whether it is ours still. */
final class S3Claim implements Claims.Claim {

    private static final Logger log = LoggerFactory.getLogger(S3Claim.class);

    /** Tries before it is logged that they fail. */
    private static final int QUIET_TRIES = 5;

    /** The pause does not grow beyond this try's: about 20 s. */
    private static final int LONGEST_PAUSE = 11;

    private final ConditionalObjects objects;

    private final String deliveryId;

    private final String key;

    /** As it was written. */
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
    public void sent() {
        Optional<String> standing = Optional.of(eTag);
        for (int attempt = 1; standing.isPresent(); attempt++) {
            try {
                if (attempt > 1) {
                    pause.beforeTry(Math.min(attempt - 1, LONGEST_PAUSE));
                }
                standing = mark(standing.get());
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    log.error(
                            "Mail {} was sent, but could not be marked as sent before the stop: if its event comes"
                                    + " again after the lease, so does the mail. {}",
                            deliveryId,
                            e.toString());
                    return;
                }
                if (attempt == QUIET_TRIES) {
                    log.warn(
                            "Mail {} was sent, but could not be marked as sent yet; this is tried until it works. {}",
                            deliveryId,
                            e.toString());
                }
            }
        }
    }

    /** The ETag to try next; empty when nothing is left to do. */
    private Optional<String> mark(String standing) {
        if (write(ClaimRecord.State.SENT, standing)) {
            return Optional.empty();
        }
        Optional<ConditionalObjects.Stored> found = objects.get(key);
        if (found.isEmpty()) {
            log.warn("The claim on mail {} is gone; does the bucket's lifecycle remove claims so early?", deliveryId);
            return Optional.empty();
        }
        ClaimRecord record = ClaimRecord.read(found.get().content());
        if (record.state() == ClaimRecord.State.SENT) {
            if (!record.owner().equals(ours.owner())) {
                log.warn("Mail {} was sent twice: our lease was over, and another worker has sent it too", deliveryId);
            }
            return Optional.empty();
        }
        if (!record.owner().equals(ours.owner())) {
            // It was sent, whoever holds the claim now: the mark keeps a third from sending it.
            log.warn("The claim on mail {} was taken over while we sent it; it may be sent twice", deliveryId);
        }
        return Optional.of(found.get().eTag());
    }

    @Override
    public void giveBack() {
        try {
            if (!write(ClaimRecord.State.FREE, eTag)) {
                log.info("The claim on mail {} has changed since we took it, and is not ours to give back", deliveryId);
            }
        } catch (RuntimeException e) {
            log.warn("The claim on mail {} could not be given back and has to run out: {}", deliveryId, e.toString());
        }
    }

    private boolean write(ClaimRecord.State state, String standing) {
        return objects.putIfMatch(
                        key,
                        new ClaimRecord(state, ours.owner(), ours.takeovers(), ours.contentDigest()).bytes(),
                        S3Claims.CONTENT_TYPE,
                        standing)
                .isPresent();
    }
}

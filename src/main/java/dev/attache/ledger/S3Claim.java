package dev.attache.ledger;

import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** A claim as it was written, with the ETag that says whether it is ours still. */
final class S3Claim implements Claims.Claim {

    private static final Logger log = LoggerFactory.getLogger(S3Claim.class);

    private static final int TRIES = 8;

    private final ConditionalObjects objects;

    private final String deliveryId;

    private final String key;

    private final String owner;

    private final String eTag;

    private final Pause pause;

    S3Claim(ConditionalObjects objects, String deliveryId, String key, String owner, String eTag, Pause pause) {
        this.objects = objects;
        this.deliveryId = deliveryId;
        this.key = key;
        this.owner = owner;
        this.eTag = eTag;
        this.pause = pause;
    }

    @Override
    public void sent() {
        Optional<String> standing = Optional.of(eTag);
        String problem = "";
        for (int attempt = 1; standing.isPresent() && attempt <= TRIES; attempt++) {
            try {
                if (attempt > 1) {
                    pause.beforeTry(attempt - 1);
                }
                standing = mark(standing.get());
            } catch (SdkException | LedgerContentionException e) {
                problem = e.toString();
            }
        }
        if (standing.isPresent()) {
            log.error("Mail {} was sent, but could not be marked as sent: if its event comes again after the lease, so "
                    + "does the mail. {}", deliveryId, problem);
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
            if (!record.owner().equals(owner)) {
                log.warn("Mail {} was sent twice: our lease was over, and another worker has sent it too", deliveryId);
            }
            return Optional.empty();
        }
        if (!record.owner().equals(owner)) {
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
        } catch (SdkException | LedgerContentionException e) {
            log.warn("The claim on mail {} could not be given back and has to run out: {}", deliveryId, e.toString());
        }
    }

    private boolean write(ClaimRecord.State state, String standing) {
        return objects.putIfMatch(key, new ClaimRecord(state, owner).bytes(), S3Claims.CONTENT_TYPE, standing)
                .isPresent();
    }
}

package dev.attache.ledger;

import dev.attache.contract.ContentDigest;
import dev.attache.contract.value.RejectedException;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.ledger.objects.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores claims as JSON objects in the ledger's folder: at {@code claims/<request>/<recipient>-<delivery>} for mails
 * with a download page ({@link DeliveryKey}), and at {@code claims/<delivery>} for others. A new claim is written with
 * {@code If-None-Match: *}. A claim that was released, or whose lease has expired, is taken over with {@code If-Match}:
 * if several workers try, one succeeds.
 */
final class S3Claims implements Claims {

    static final String CONTENT_TYPE = "application/json";

    private static final Logger log = LoggerFactory.getLogger(S3Claims.class);

    private static final int TRIES = 8;

    /** Added to the lease: the age of a claim is computed from whole seconds, and may be up to a second too long. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final ConditionalObjects objects;

    private final String prefix;

    private final ClaimsBeforePages beforePages;

    private final Duration lease;

    private final RandomGenerator random;

    private final Pause pause;

    /** @param lease must be longer than sending one mail can take */
    S3Claims(
            ConditionalObjects objects,
            String prefix,
            ClaimsBeforePages beforePages,
            Duration lease,
            RandomGenerator random,
            Pause pause) {
        this.objects = objects;
        this.prefix = prefix;
        this.beforePages = beforePages;
        this.lease = lease;
        this.random = random;
        this.pause = pause;
    }

    @Override
    public Optional<Claim> take(ClaimKey claimKey, @Nullable String contentDigest, @Nullable IssuedPage page) {
        String deliveryId = claimKey.deliveryId();
        String key = prefix + path(claimKey);
        String owner = new UUID(random.nextLong(), random.nextLong()).toString();
        ClaimRecord ours = new ClaimRecord(ClaimRecord.State.SENDING, owner, null, contentDigest, page);
        Optional<ConditionalObjects.Stored> existing = Optional.empty();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<String> eTag = existing.isEmpty()
                    ? objects.putIfAbsent(key, ours.bytes(), CONTENT_TYPE)
                    : objects.putIfMatch(
                            key, ours.bytes(), CONTENT_TYPE, existing.get().eTag());
            if (eTag.isPresent()) {
                return Optional.of(claim(deliveryId, key, ours, eTag.get()));
            }
            existing = objects.get(key);
            if (existing.isPresent()) {
                ClaimRecord record = ClaimRecord.read(existing.get().content());
                if (record.owner().equals(owner)) {
                    // This worker's own write, whose response was lost.
                    return Optional.of(
                            claim(deliveryId, key, record, existing.get().eTag()));
                }
                switch (record.state()) {
                    case SENT -> {
                        requireSameContent(record, contentDigest);
                        return Optional.empty();
                    }
                    case SENDING -> {
                        requireSameContent(record, contentDigest);
                        requireLeaseIsOver(deliveryId, existing.get());
                        ours = new ClaimRecord(
                                ClaimRecord.State.SENDING,
                                owner,
                                record.timesTakenOver() + 1,
                                contentDigest,
                                kept(record, page));
                    }
                    case FREE -> {
                        if (record.timesTakenOver() > 0) {
                            requireSameContent(record, contentDigest);
                        }
                        log.debug("The claim on mail {} was released before", deliveryId);
                        ours = new ClaimRecord(
                                ClaimRecord.State.SENDING,
                                owner,
                                record.takeovers(),
                                contentDigest,
                                record.timesTakenOver() > 0 ? kept(record, page) : page);
                    }
                }
            }
            if (attempt > 1) {
                pause.beforeTry(attempt);
            }
        }
        throw new LedgerContentionException(
                "Other workers changed the claim " + key + " at each of " + TRIES + " attempts");
    }

    /** The recipient may hold the mail of an earlier attempt, so its page stays as that mail describes it. */
    private static @Nullable IssuedPage kept(ClaimRecord record, @Nullable IssuedPage page) {
        return record.page() == null ? page : record.page();
    }

    private static void requireSameContent(ClaimRecord record, @Nullable String contentDigest) {
        if (contentDigest != null && ContentDigest.differ(record.contentDigest(), contentDigest)) {
            throw RejectedException.idReused(
                    "An earlier event with this source and id requested another mail to the same recipient, which "
                            + (record.state() == ClaimRecord.State.SENT ? "was sent" : "may have been sent")
                            + "; send the event again with another id",
                    contentDigest);
        }
    }

    private void requireLeaseIsOver(String deliveryId, ConditionalObjects.Stored existing) {
        // Without a date in the response the age is unknown, and the claim is not taken over.
        Duration age = existing.age() == null ? Duration.ZERO : existing.age();
        Duration left = lease.plus(ROUNDING).minus(age);
        if (left.isPositive()) {
            throw new ClaimHeldException(deliveryId, left);
        }
        log.info(
                "The lease of the claim on mail {} expired {} s ago; this worker takes it over",
                deliveryId,
                left.negated().toSeconds());
    }

    private Claim claim(String deliveryId, String key, ClaimRecord ours, String eTag) {
        return new S3Claim(objects, deliveryId, key, ours, eTag, lease, pause);
    }

    private String path(ClaimKey key) {
        if (key.delivery() == null) {
            return pathBeforePages(DeliveryKey.uuid(key.deliveryId()));
        }
        String before = pathBeforePages(key.delivery().delivery());
        return beforePages.mayExist() && objects.get(prefix + before).isPresent() ? before : path(key.delivery());
    }

    /** Where the claim on a mail with a download page is, in the ledger's folder. */
    static String path(DeliveryKey delivery) {
        return "claims/" + delivery.path();
    }

    /** Where the claim on a mail without a download page is, as in releases without such pages. */
    static String pathBeforePages(UUID delivery) {
        return "claims/" + delivery;
    }

    /** Reads the pages from the claims. */
    static IssuedPages pages(ConditionalObjects objects, String prefix) {
        return key -> Stream.of(path(key), pathBeforePages(key.delivery()))
                .flatMap(path -> objects.get(prefix + path).stream())
                .findFirst()
                .flatMap(
                        it -> Optional.ofNullable(ClaimRecord.read(it.content()).page()));
    }
}

package dev.attache.ledger;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Pages in the claims on their mails, on an in-memory S3. */
public final class ClaimedPages implements IssuedPages {

    private final Claims claims;

    private final IssuedPages pages;

    /** @param seed of the random ids of claims */
    public ClaimedPages(InMemoryS3 s3, int seed) {
        Pause pause = attempt -> {};
        ConditionalObjects objects = new ConditionalObjects(s3, "attachments", pause);
        this.claims = new S3Claims(
                objects,
                "ledger/",
                new ClaimsBeforePages(objects, "attache-keys/", () -> false),
                Duration.ofMinutes(5),
                new Random(seed),
                pause);
        this.pages = new S3IssuedPages(objects, "ledger/");
    }

    /** Claims the mail of a page. */
    public Claims.Claim claim(DeliveryKey key, IssuedPage page) {
        return claims.take(new ClaimKey(page.deliveryId(), key), null, page).orElseThrow();
    }

    @Override
    public Optional<IssuedPage> find(DeliveryKey key) {
        return pages.find(key);
    }
}

package dev.attache.ledger;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Pages in the claims on their mails, on an in-memory S3. */
public final class ClaimedPages implements IssuedPages {

    private final Claims claims;

    private final IssuedPages pages;

    private final MailRecords records;

    private final OpenUploads uploads;

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
        this.pages = S3Claims.pages(objects, "ledger/");
        this.records = new S3MailRecords(s3, "attachments", "ledger/");
        this.uploads = new S3OpenUploads(
                objects,
                new S3DueUploads(s3, "attachments", "ledger/"),
                Keys.of(List.of(new Keys.Key("k1", new byte[32]))),
                "ledger/",
                pause);
    }

    /** Claims the mail of a page. */
    public Claims.Claim claim(DeliveryKey key, IssuedPage page) {
        return claims.take(new ClaimKey(page.deliveryId(), key), null, page).orElseThrow();
    }

    @Override
    public Optional<IssuedPage> find(DeliveryKey key) {
        return pages.find(key);
    }

    /** Claims a mail that leads to the page of another one. */
    public Claims.Claim claim(DeliveryKey key) {
        return claims.take(new ClaimKey(key.delivery().toString(), key), null, null)
                .orElseThrow();
    }

    /** Claims a mail without a page. */
    public Claims.Claim claim(String deliveryId) {
        return claims.take(ClaimKey.of(deliveryId), null, null).orElseThrow();
    }

    /** What operators can look up about the mails. */
    public MailRecords records() {
        return records;
    }

    /** The uploads in the same ledger, with what was revoked or extended since. */
    public OpenUploads uploads(LinkChanges changes) {
        return new ChangedUploads(uploads, changes);
    }
}

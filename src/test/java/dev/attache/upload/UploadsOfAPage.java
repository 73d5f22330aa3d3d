package dev.attache.upload;

import dev.attache.contract.EventCodec;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.intake.OnePolicy;
import dev.attache.issuing.Issuers;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.DownloadLinks;
import dev.attache.storage.ObjectCatalog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.messaging.Message;

/** What a page uses to sign, to record and to end uploads. Messages are published at once, into a list. */
public final class UploadsOfAPage {

    public final DueInMemory due = new DueInMemory();

    public final List<Message<byte[]>> published = new ArrayList<>();

    public final UploadReceipts receipts;

    public final UploadSlots slots;

    public final UploadEnding ending;

    public UploadsOfAPage(OpenUploads ledger, ObjectCatalog catalog, Clock clock) {
        EventCodec codec = new ValidatingEventCodec();
        UploadOffers offers = new UploadOffers(
                OnePolicy.SOURCES,
                catalog,
                Issuers.of(new DownloadLinks(catalog, new FakeSigner(clock), clock), clock));
        UploadEndAnnouncer announcer = new UploadEndAnnouncer(
                new UploadAnnouncements(codec, offers, clock),
                new UploadMarks(ledger, due),
                (binding, message) -> published.add(message),
                Runnable::run);
        this.receipts = new UploadReceipts(catalog, ledger, due, announcer, clock);
        this.slots = new UploadSlots(ledger, receipts, clock);
        this.ending = new UploadEnding(ledger, due, receipts, announcer, clock);
    }
}

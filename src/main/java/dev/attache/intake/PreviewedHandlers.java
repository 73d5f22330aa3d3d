package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.download.LinkChangeHandler;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.issuing.IssuingConfiguration;
import dev.attache.ledger.LedgerPreviews.Preview;
import dev.attache.link.DownloadLinks;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.upload.AbandonedMultiparts;
import dev.attache.upload.UploadAnnouncements;
import dev.attache.upload.UploadCompletion;
import dev.attache.upload.UploadMarks;
import dev.attache.upload.UploadOffers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import org.springframework.messaging.Message;

/**
 * The handlers of the inbound queues over a preview of the ledger: the same classes as those of the worker
 * ({@link IntakeConfiguration}), with other collaborators. Their meters are not exported.
 *
 * @param catalog looks up objects with a client whose failures do not stop the worker
 */
record PreviewedHandlers(
        EventCodec codec,
        SourcePolicies policies,
        ObjectCatalog catalog,
        LinkSigner signer,
        AudienceProperties audience,
        PurchasesProperties purchases,
        URI publicUrl,
        Clock clock) {

    private static final IntakeConfiguration BEANS = new IntakeConfiguration();

    private static final IssuingConfiguration ISSUING = new IssuingConfiguration();

    EventRouter attachmentRequests(Preview ledger) {
        LinkChangeHandler changes = new LinkChangeHandler(ledger.linkChanges(), new EventMessages(codec), clock);
        return BEANS.attachmentRequests(codec, policies, catalog, links(ledger), changes, audience, clock);
    }

    Function<Message<byte[]>, Iterable<Message<byte[]>>> requestParts(Preview ledger) {
        return BEANS.requestParts(codec, policies, links(ledger), audience);
    }

    Function<Message<byte[]>, ? extends Iterable<Message<byte[]>>> purchases(Preview ledger) {
        return BEANS.purchases(codec, policies, downloads(), issuer(ledger), purchases, clock);
    }

    Function<Message<byte[]>, ? extends Iterable<Message<byte[]>>> createdObjects(Preview ledger) {
        UploadCompletion completion = new UploadCompletion(
                codec, catalog, ledger.uploads(), ledger.dueUploads(), AbandonedMultiparts.kept(), clock);
        UploadAnnouncements announcements =
                new UploadAnnouncements(codec, new UploadOffers(policies, catalog, issuer(ledger)), clock);
        UploadMarks marks = new UploadMarks(ledger.uploads(), ledger.dueUploads());
        return BEANS.createdObjects(
                codec, ledger.uploads(), completion, announcements, marks, new SimpleMeterRegistry());
    }

    private RequestedLinks links(Preview ledger) {
        return BEANS.requestedLinks(
                codec, downloads(), issuer(ledger), BEANS.uploads(ledger.uploads(), signer, clock, publicUrl), clock);
    }

    private DownloadLinks downloads() {
        return ISSUING.downloads(catalog, signer, clock);
    }

    private DownloadIssuer issuer(Preview ledger) {
        return ISSUING.downloadIssuer(downloads(), ledger.hashes(), ledger.tokens(), publicUrl, clock);
    }
}

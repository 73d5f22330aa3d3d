package dev.attache.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.issuing.DownloadOffer;
import dev.attache.issuing.DownloadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.link.DownloadFile;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Offers the files of an upload to the people who are notified. */
public final class UploadOffers {

    /** Reasons why no link can ever be signed for a file. Other errors are thrown, and the message is retried. */
    private static final Set<RejectionCode> FINAL = Set.of(
            RejectionCode.OBJECT_ARCHIVED,
            RejectionCode.OBJECT_CUSTOMER_ENCRYPTED,
            RejectionCode.OBJECT_EXPIRES_TOO_SOON);

    private final SourcePolicies policies;

    private final ObjectCatalog catalog;

    private final DownloadIssuer issuer;

    public UploadOffers(SourcePolicies policies, ObjectCatalog catalog, DownloadIssuer issuer) {
        this.policies = policies;
        this.catalog = catalog;
        this.issuer = issuer;
    }

    /**
     * What can be offered.
     *
     * @param offer the readable files; empty if there is none
     * @param unreadable the others, with the reason
     */
    record Offered(Optional<DownloadOffer> offer, List<Unreadable> unreadable) {}

    /** A file to which no link can be signed. */
    record Unreadable(Arrival arrival, RejectedException reason) {}

    /** @param arrivals at least one */
    Offered of(OpenUpload upload, List<Arrival> arrivals) {
        DownloadTerms terms = DownloadTerms.ofArrival(policies.require(upload.source()));
        List<DownloadFile> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            try {
                DownloadFile file = file(upload, arrival);
                issuer.offer(terms, List.of(file), null);
                readable.add(file);
            } catch (RejectedException e) {
                if (!FINAL.contains(e.code())) {
                    throw e;
                }
                unreadable.add(new Unreadable(arrival, e));
            }
        }
        return new Offered(
                readable.isEmpty() ? Optional.empty() : Optional.of(issuer.offer(terms, readable, null)), unreadable);
    }

    private DownloadFile file(OpenUpload upload, Arrival arrival) {
        ObjectRef object = new ObjectRef(upload.bucket(), arrival.key(), arrival.versionId());
        StoredObject stored = new StoredObject(
                object,
                arrival.contentLength(),
                arrival.contentType(),
                arrival.eTag(),
                arrival.uploadedAt(),
                availability(object));
        return new DownloadFile(object, stored, UploadArrivals.fileName(upload, arrival), null);
    }

    /** A file that was deleted in the meantime is announced as before, with the same ids. */
    private Availability availability(ObjectRef object) {
        try {
            return catalog.find(object).availability();
        } catch (RejectedException e) {
            if (e.code() != RejectionCode.OBJECT_NOT_FOUND) {
                throw e;
            }
            return Availability.UNLIMITED;
        }
    }
}

package dev.attache.ledger.downloads;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.downloads.LinkChange.Extension;
import dev.attache.ledger.downloads.LinkChange.Revocation;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.JsonRecords;
import dev.attache.ledger.objects.Pause;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Stores changes as JSON objects at {@code changes/request/<hash>}, {@code changes/recipient/<hash>} and
 * {@code changes/object/<hash>} in the ledger's folder.
 */
public final class S3LinkChanges implements LinkChanges {

    private final JsonRecords<LinkChange> records;

    private final DeliveryHashes hashes;

    private final String prefix;

    /** @param prefix the ledger's folder */
    public S3LinkChanges(ConditionalObjects objects, DeliveryHashes hashes, String prefix, Pause pause) {
        this.records = new JsonRecords<>(objects, LinkChange.class, LinkChange.NONE, pause);
        this.hashes = hashes;
        this.prefix = prefix;
    }

    @Override
    public LinkChange ofRequest(String source, String requestId) {
        return records.find(key(new Target.OfRequest(source, requestId)));
    }

    @Override
    public LinkChange ofRecipient(String source, String address) {
        return records.find(key(new Target.OfRecipient(source, address)));
    }

    @Override
    public LinkChange ofObject(String source, ObjectRef object) {
        LinkChange ofAllVersions =
                records.find(key(new Target.OfObject(source, new ObjectRef(object.bucket(), object.key(), null))));
        return object.versionId() == null
                ? ofAllVersions
                : ofAllVersions.and(records.find(key(new Target.OfObject(source, object))));
    }

    @Override
    public LinkChange revoke(Target target, Instant eventTime, String eventId) {
        Revocation revocation = new Revocation(eventTime, eventId);
        return records.change(key(target), recorded -> recorded.with(revocation));
    }

    @Override
    public LinkChange extend(Target target, Instant until, Instant eventTime, String eventId) {
        Extension extension = new Extension(until, eventTime, eventId);
        return records.change(key(target), recorded -> recorded.with(extension));
    }

    private String key(Target target) {
        return prefix + "changes/"
                + switch (target) {
                    case Target.OfRequest(String source, String requestId) ->
                        "request/" + hex(hashes.request(source, requestId));
                    case Target.OfRecipient(String source, String address) ->
                        "recipient/" + hex(hashes.recipient(source, address));
                    case Target.OfObject(String source, ObjectRef object) ->
                        "object/" + hex(hashes.object(source, object));
                };
    }

    private static String hex(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }
}

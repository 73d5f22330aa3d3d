package dev.attache.ledger.downloads;

import dev.attache.contract.value.ObjectRef;
import java.time.Instant;

/**
 * Revocations and extensions of links: of all links of a request, of a recipient, or to an object. Each of these has an
 * object of its own in the ledger, which is looked up when a link is used. A change that is recorded before its request
 * is received holds.
 */
public interface LinkChanges {

    LinkChange ofRequest(String source, String requestId);

    LinkChange ofRecipient(String source, String address);

    /** The changes of this version and, if it has a version, also the changes of all versions. */
    LinkChange ofObject(String source, ObjectRef object);

    /**
     * Records a revocation. Recording it again changes nothing.
     *
     * @param eventTime the time of the event; for a recipient or an object, links that were issued since are not
     *     concerned
     * @param eventId the id of the event
     * @return the recorded change
     */
    LinkChange revoke(Target target, Instant eventTime, String eventId);

    /**
     * Records an extension; as {@link #revoke}. Of several extensions that concern a link, the longest counts.
     *
     * @return the recorded change. It does not include the extension if there are {@link LinkChange#MOST_EXTENSIONS}
     *     others that none of them exceeds
     */
    LinkChange extend(Target target, Instant until, Instant eventTime, String eventId);

    /** The links that a change concerns. */
    sealed interface Target {

        /** All links of a request. */
        record OfRequest(String source, String requestId) implements Target {}

        /** All links of a source's requests to a recipient. */
        record OfRecipient(String source, String address) implements Target {

            /** Omits the address, which is personal data. */
            @Override
            public String toString() {
                return "OfRecipient[source=" + source + "]";
            }
        }

        /** All links of a source's requests to an object; without a version, to all of its versions. */
        record OfObject(String source, ObjectRef object) implements Target {}
    }
}

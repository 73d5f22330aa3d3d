package dev.attache.delivery;

import java.util.List;

import dev.attache.contract.Link;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.Recipient;
import dev.attache.link.SourcePolicy;

/**
 * One mail that is to be written.
 *
 * @param id        the event's id: the same however often the event is delivered
 * @param source    who sends it
 * @param issued    what it is about
 * @param recipient who gets it
 */
record Delivery(String id, SourcePolicy source, LinkIssued issued, Recipient recipient) {

    /** The same mail with other links. */
    Delivery withLinks(List<Link> links) {
        return new Delivery(id, source, new LinkIssued(issued.requestId(), issued.channel(), issued.purpose(),
                issued.recipient(), issued.message(), issued.campaign(), links, issued.issuedAt(), issued.upload()),
                recipient);
    }
}

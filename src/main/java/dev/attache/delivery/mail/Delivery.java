package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.source.SourcePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mail that is to be written.
 *
 * @param id the event's id: the same however often the event is delivered
 * @param source who sends it
 * @param subject the event's subject, which limits what its source may link to
 * @param issued what it is about
 * @param recipient who gets it
 */
public record Delivery(
        String id, SourcePolicy source, @Nullable String subject, LinkIssued issued, Recipient recipient) {

    /** The same mail with other links. */
    public Delivery withLinks(List<Link> links) {
        return new Delivery(id, source, subject, issued.withLinks(links), recipient);
    }
}

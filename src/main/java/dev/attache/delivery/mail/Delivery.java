package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.source.SourcePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mail to send.
 *
 * @param id the event's id, which is the same in every attempt
 * @param source the policy of the event's source
 * @param subject the event's subject, which limits the objects that its source may link to
 * @param issued the event's data
 * @param recipient the recipient
 */
public record Delivery(
        String id, SourcePolicy source, @Nullable String subject, LinkIssued issued, Recipient recipient) {

    /** The same mail with other links. */
    public Delivery withLinks(List<Link> links) {
        return new Delivery(id, source, subject, issued.withLinks(links), recipient);
    }
}

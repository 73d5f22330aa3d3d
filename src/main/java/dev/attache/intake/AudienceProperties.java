package dev.attache.intake;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How large audiences are handled.
 *
 * @param senderIds the SQS sender ids of this worker, whose parts of large audiences are taken for sources that are
 *     pinned to senders; as {@code attache.sources.<name>.sender-ids}. None by default: such a source may then have no
 *     large audience
 */
@ConfigurationProperties("attache.audience")
public record AudienceProperties(@DefaultValue List<String> senderIds) {

    /** A blank id would match a sender's that begins with a colon. */
    public AudienceProperties {
        senderIds = List.copyOf(senderIds);
        for (int i = 0; i < senderIds.size(); i++) {
            if (senderIds.get(i).isBlank()) {
                throw new IllegalArgumentException("attache.audience.sender-ids[" + i + "] is blank");
            }
        }
    }
}

package dev.attache.intake;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of large audiences.
 *
 * @param senderIds the SQS sender ids of this worker, in the format of {@code attache.sources.<name>.sender-ids}. For
 *     sources that are pinned to senders, parts of large audiences are accepted from these senders only. If there are
 *     none, such sources cannot use recipient lists
 */
@ConfigurationProperties("attache.audience")
public record AudienceProperties(@DefaultValue List<String> senderIds) {

    /** A blank id would match sender ids that begin with a colon. */
    public AudienceProperties {
        senderIds = List.copyOf(senderIds);
        for (int i = 0; i < senderIds.size(); i++) {
            if (senderIds.get(i).isBlank()) {
                throw new IllegalArgumentException("attache.audience.sender-ids[" + i + "] is blank");
            }
        }
    }
}

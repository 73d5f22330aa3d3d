package dev.attache.intake;

import dev.attache.source.SenderIds;
import java.util.List;
import org.springframework.messaging.Message;

/** Handles requests of the source {@code crm}. */
abstract class AttachmentRequestedTestBase extends IntakeTestBase {

    final EventRouter requests = requests(OnePolicy.SOURCES, new SenderIds(List.of()));

    List<Message<byte[]>> request(String data) {
        return all(requests.apply(message(event("attachment.requested", "crm", data))));
    }
}

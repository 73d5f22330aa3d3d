package dev.attache.reliability.worker;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.nio.charset.StandardCharsets;

/**
 * The dead letter of a mail.
 *
 * @param code {@code none} if SQS has moved it
 * @param attempts its receive count
 */
public record MailDeadLetter(String recipient, String code, String reason, int attempts) {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    public static MailDeadLetter of(ReadMessage deadLetter) {
        var issued = CODEC.read(deadLetter.body().getBytes(StandardCharsets.UTF_8), EventType.LINK_ISSUED)
                .data();
        var attributes = deadLetter.attributes();
        return new MailDeadLetter(
                issued.recipient() == null ? "nobody" : issued.recipient().address(),
                attributes.getOrDefault("attache-code", "none"),
                attributes.getOrDefault("attache-reason", "moved by SQS"),
                Integer.parseInt(attributes.getOrDefault("attache-attempts", "0")));
    }
}

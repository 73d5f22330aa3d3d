package dev.attache.reliability.worker;

import dev.attache.contract.EventType;
import dev.attache.contract.json.JsonEventCodec;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.nio.charset.StandardCharsets;

/**
 * The dead letter of a mail.
 *
 * @param code {@code none} when SQS has moved it
 * @param attempts how often it had been received
 */
public record DeadMail(String recipient, String code, String reason, int attempts) {

    private static final JsonEventCodec CODEC = new JsonEventCodec();

    public static DeadMail of(ReadMessage letter) {
        var issued = CODEC.read(letter.body().getBytes(StandardCharsets.UTF_8), EventType.LINK_ISSUED)
                .data();
        var attributes = letter.attributes();
        return new DeadMail(
                issued.recipient() == null ? "nobody" : issued.recipient().address(),
                attributes.getOrDefault("attache-code", "none"),
                attributes.getOrDefault("attache-reason", "moved by SQS"),
                Integer.parseInt(attributes.getOrDefault("attache-attempts", "0")));
    }
}

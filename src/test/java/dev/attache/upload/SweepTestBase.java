package dev.attache.upload;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.UploadExpired;
import dev.attache.contract.value.Recipient;
import dev.attache.intake.IntakeTestBase;
import dev.attache.ledger.UploadBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.messaging.Message;

/** Expired uploads, their folders, and the messages that a sweep publishes. */
abstract class SweepTestBase extends IntakeTestBase {

    static final Duration GRACE = Duration.ofMinutes(10);

    static final int LIMIT = 20;

    record Sent(String binding, Message<byte[]> message) {

        String type() {
            return String.valueOf(message.getHeaders().get("type"));
        }
    }

    final List<String> keys = new ArrayList<>();

    final List<Sent> sent = new ArrayList<>();

    boolean topicIsDown;

    final UploadSweeper sweeper = sweeper();

    UploadSweeper sweeper() {
        return new UploadSweeper(
                due,
                ledger,
                (any, prefix) ->
                        keys.stream().filter(it -> it.startsWith(prefix)).toList(),
                completion,
                announcements,
                codec,
                (binding, message) -> {
                    if (topicIsDown) {
                        throw new IllegalStateException("The topic is down");
                    }
                    sent.add(new Sent(binding, message));
                },
                GRACE,
                LIMIT,
                clock);
    }

    UUID open(int minutesAgo, Recipient... toNotify) {
        UUID id = UUID.randomUUID();
        Instant expiresAt = NOW.minus(Duration.ofMinutes(minutesAgo));
        ledger.open(UploadBuilder.upload(id, expiresAt.minusSeconds(3600), expiresAt)
                .requestId("r-" + id)
                .subject("s-1")
                .recipient(new Recipient("ana@example.com"))
                .toNotify(List.of(toNotify))
                .build());
        due.add(expiresAt, id);
        return id;
    }

    String stored(UUID id, String name, String type) {
        String key = "uploads/crm/" + id + "/" + name;
        bucket.with(key, 500, type, "e1");
        keys.add(key);
        return key;
    }

    boolean sweep() {
        return sweeper.sweep(() -> false);
    }

    List<String> types() {
        return sent.stream().map(Sent::type).toList();
    }

    CloudEvent<UploadExpired> expired(Sent event) {
        return codec.read(event.message().getPayload(), EventType.UPLOAD_EXPIRED);
    }
}

package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.value.Recipient;
import dev.attache.flows.UnreliableLedger;
import dev.attache.intake.ObjectCreatedHandler;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * A hundred uploads with a receipt and a mail to somebody who waits, with or without S3's notification, until the last
 * sweep, while every step may fail.
 */
class EveryUploadIsAnnouncedTests extends SweepTestBase {

    private static final int UPLOADS = 100;

    private Random random = new Random(1);

    /** How many of a hundred calls fail. */
    private int failing;

    private final OpenUploads unreliableLedger = new UnreliableLedger();

    private final DueUploads unreliableDue = new UnreliableDue();

    private final UploadCompletion unreliableCompletion = new UploadCompletion(
            codec, bucket, unreliableLedger, unreliableDue, new AbandonedMultiparts(multiparts), clock);

    private final ObjectCreatedHandler notified = new ObjectCreatedHandler(
            codec,
            unreliableLedger,
            unreliableCompletion,
            announcements,
            new UploadMarks(unreliableLedger, unreliableDue),
            meters);

    private final UploadSweeper sweeping = new UploadSweeper(
            unreliableDue,
            unreliableLedger,
            (any, prefix) -> keys.stream().filter(it -> it.startsWith(prefix)).toList(),
            unreliableCompletion,
            announcements,
            codec,
            this::publish,
            GRACE,
            LIMIT,
            clock);

    /** Fails before the call, or after it, when the response is lost. */
    private <T> T mayFail(Supplier<T> call) {
        boolean fails = random.nextInt(100) < failing;
        boolean before = random.nextBoolean();
        if (fails && before) {
            throw new IllegalStateException("The call failed before it took effect");
        }
        T answer = call.get();
        if (fails) {
            throw new IllegalStateException("The call took effect, and its response was lost");
        }
        return answer;
    }

    private void publish(String binding, Message<byte[]> message) {
        mayFail(() -> sent.add(new Sent(binding, message)));
    }

    /** Publishes the function's messages and then runs its actions, as the binder does. */
    private boolean handled(String notification) {
        List<Runnable> actions = new ArrayList<>();
        Consumer<Runnable> header = actions::add;
        try {
            notified.apply(new GenericMessage<>(
                            notification.getBytes(StandardCharsets.UTF_8), Map.of("sqs_afterPublishing", header)))
                    .forEach(message -> publish(EventMessages.binding(message), message));
            actions.forEach(Runnable::run);
            return true;
        } catch (IllegalStateException failed) {
            return false;
        }
    }

    private static String notification(String key) {
        return """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"e1","sequencer":"0A"}}}]}\
            """.formatted(key);
    }

    private List<String> arrived() {
        return Stream.generate(() -> stored(open(11, new Recipient("desk@example.com")), "f.pdf", "application/pdf"))
                .limit(UPLOADS)
                .toList();
    }

    private void sweepUntilNothingIsDue() {
        for (int round = 0; round < 100 && !due.markers.isEmpty(); round++) {
            sweeping.sweep(() -> false);
        }
        assertThat(due.markers).isEmpty();
    }

    private List<String> ids(String type) {
        return sent.stream()
                .filter(event -> event.type().equals(type))
                .map(event -> codec.originOf(event.message().getPayload())
                        .orElseThrow()
                        .id())
                .toList();
    }

    private List<String> uploadedKeys() {
        return sent.stream()
                .filter(event -> event.type().equals("attachment.uploaded"))
                .map(event -> codec.read(event.message().getPayload(), EventType.ATTACHMENT_UPLOADED)
                        .data()
                        .key())
                .distinct()
                .toList();
    }

    @Test
    void withoutFaultsEveryUploadIsAnnouncedOnce() {
        assertThat(arrived()).allMatch(key -> handled(notification(key)));

        sweeping.sweep(() -> false);

        assertThat(ids("attachment.uploaded")).hasSize(UPLOADS).doesNotHaveDuplicates();
        assertThat(ids("link.issued")).hasSize(2 * UPLOADS).doesNotHaveDuplicates();
        assertThat(due.markers).isEmpty();
    }

    @RepeatedTest(20)
    void withFaultsAtEveryStepEveryUploadIsAnnouncedWithOneId(RepetitionInfo repetition) {
        random = new Random(repetition.getCurrentRepetition());
        List<String> files = arrived();
        List<UUID> neverCame = Stream.generate(() -> open(11)).limit(10).toList();

        failing = 30;
        for (String key : files) {
            int receives = random.nextInt(4);
            boolean handled = false;
            for (int receive = 0; receive < receives && !handled; receive++) {
                handled = handled(notification(key));
            }
        }
        for (int round = 0; round < 10; round++) {
            sweeping.sweep(() -> false);
        }
        failing = 0;
        sweepUntilNothingIsDue();

        assertThat(uploadedKeys()).containsExactlyInAnyOrderElementsOf(files);
        assertThat(ids("attachment.uploaded").stream().distinct()).hasSize(UPLOADS);
        assertThat(ids("link.issued").stream().distinct()).hasSize(2 * UPLOADS);
        assertThat(ids("upload.expired").stream().distinct()).hasSameSizeAs(neverCame);
    }

    @Test
    void recordedButUnpublishedUploadIsAnnouncedByALaterSweep() {
        String key = arrived().getFirst();
        topicIsDown = true;
        sweep();
        assertThat(UploadBuilder.arrival(
                        ledger.find(UUID.fromString(key.split("/")[2])).orElseThrow()))
                .isNotNull();
        bucket.delete(key);
        topicIsDown = false;

        sweepUntilNothingIsDue();

        assertThat(uploadedKeys()).hasSize(UPLOADS).contains(key);
    }

    private final class UnreliableLedger implements OpenUploads {

        @Override
        public OpenUpload open(OpenUpload proposed) {
            return ledger.open(proposed);
        }

        @Override
        public Optional<OpenUpload> find(UUID id) {
            return mayFail(() -> ledger.find(id));
        }

        @Override
        public Optional<OpenUpload> findByPage(String pageId) {
            return ledger.findByPage(pageId);
        }

        @Override
        public OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
            return mayFail(() -> ledger.change(id, change));
        }
    }

    private final class UnreliableDue implements DueUploads {

        @Override
        public List<Due> until(Instant time, int limit) {
            return due.until(time, limit);
        }

        @Override
        public List<Due> untilAfter(Due last, Instant time, int limit) {
            return due.untilAfter(last, time, limit);
        }

        @Override
        public void add(UUID id, Instant expiresAt) {
            mayFail(() -> {
                due.add(id, expiresAt);
                return true;
            });
        }

        @Override
        public int count(int most) {
            return due.count(most);
        }

        @Override
        public void remove(Due marker) {
            mayFail(() -> {
                due.remove(marker);
                return true;
            });
        }
    }
}

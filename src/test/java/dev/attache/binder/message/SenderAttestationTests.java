package dev.attache.binder.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.binder.failure.DeadLetterAttributes;
import dev.attache.binder.failure.DeadLetterWriter;
import dev.attache.binder.failure.Decision.Announcement;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectedMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class SenderAttestationTests {

    /** Statements are {@code <queue>|<body>|<sender>}; these tests do not forge any. */
    private static final SenderAttestation PLAIN = new SenderAttestation() {

        @Override
        public Optional<String> attest(String queue, String body, String senderId) {
            return Optional.of(queue + "|" + body + "|" + senderId);
        }

        @Override
        public Optional<String> senderOf(String queue, String body, String statement) {
            String start = queue + "|" + body + "|";
            return statement.startsWith(start) ? Optional.of(statement.substring(start.length())) : Optional.empty();
        }
    };

    private static final DeadLetterAttributes ATTRIBUTES = new DeadLetterAttributes("dead-letter-");

    private final RecordedSqs sqs = new RecordedSqs();

    private final List<RejectedMessage> announced = new ArrayList<>();

    private final DeadLetterWriter deadLetterWriter = new DeadLetterWriter(
            announced::add,
            ATTRIBUTES,
            new QueueCalls(sqs, RecordedSqs.QUEUE, Runnable::run),
            new MessageMetrics(new SimpleMeterRegistry(), "sqs."),
            Clock.systemUTC());

    private static ReceivedMessage received(SenderAttestation attestation, Map<String, String> attributes) {
        ReceivedMessage received = RecordedSqs.received(1, attributes);
        return new ReceivedMessage(
                received.queue(),
                received.sqs(),
                new VisibilityLease(Instant.now()),
                new SenderStatements(attestation, ATTRIBUTES.senderAttribute()));
    }

    private static Object senderOf(Map<String, String> attributes) {
        return received(PLAIN, attributes)
                .toFunction(List.of(), action -> {})
                .getHeaders()
                .get(SqsHeaders.SENDER_ID);
    }

    private Map<String, String> copied(ReceivedMessage message, Announcement announcement) {
        deadLetterWriter
                .begin(message, new Failure.Rejected("C", "r"), new IllegalStateException())
                .proceed(announcement);
        SendMessageRequest copy = sqs.calls.stream()
                .filter(SendMessageRequest.class::isInstance)
                .map(SendMessageRequest.class::cast)
                .toList()
                .getLast();
        Map<String, String> attributes = new HashMap<>();
        copy.messageAttributes().forEach((name, value) -> attributes.put(name, value.stringValue()));
        return attributes;
    }

    @Test
    void theSenderIsTheOneThatSqsReports() {
        assertThat(senderOf(Map.of())).isEqualTo("AIDAEXAMPLE");
    }

    @Test
    void theSenderOfARedrivenMessageIsTheOneInItsStatement() {
        assertThat(senderOf(Map.of("dead-letter-sender", "orders|the body|AROAUPSTREAM")))
                .isEqualTo("AROAUPSTREAM");
    }

    @Test
    void aStatementAboutAnotherMessageOrAnotherQueueIsIgnored() {
        assertThat(senderOf(Map.of("dead-letter-sender", "orders|another body|AROAUPSTREAM")))
                .isEqualTo("AIDAEXAMPLE");
        assertThat(senderOf(Map.of("dead-letter-sender", "bills|the body|AROAUPSTREAM")))
                .isEqualTo("AIDAEXAMPLE");
        assertThat(senderOf(Map.of("dead-letter-sender", "AROAUPSTREAM"))).isEqualTo("AIDAEXAMPLE");
    }

    @Test
    void aDeadLetterStatesTheSenderOfItsMessage() {
        assertThat(copied(received(PLAIN, Map.of()), Announcement.FIRST))
                .containsEntry("dead-letter-sender", "orders|the body|AIDAEXAMPLE");
        assertThat(announced)
                .singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter.senderId()).isEqualTo("AIDAEXAMPLE"));
    }

    @Test
    void aRedrivenMessageThatIsRejectedAgainKeepsItsStatement() {
        String first = "orders|the body|AROAUPSTREAM";

        assertThat(copied(received(PLAIN, Map.of("dead-letter-sender", first)), Announcement.FIRST))
                .containsEntry("dead-letter-sender", first);
        assertThat(announced)
                .singleElement()
                .satisfies(deadLetter -> assertThat(deadLetter.senderId()).isEqualTo("AROAUPSTREAM"));
    }

    @Test
    void anInvalidStatementIsReplaced() {
        assertThat(copied(
                        received(PLAIN, Map.of("dead-letter-sender", "orders|another body|AROAUPSTREAM")),
                        Announcement.FIRST))
                .containsEntry("dead-letter-sender", "orders|the body|AIDAEXAMPLE");
    }

    @Test
    void theStatementIsAmongTheTenAttributes() {
        Map<String, String> originals = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            originals.put("original-" + i, "v");
        }

        assertThat(copied(received(PLAIN, originals), Announcement.FIRST))
                .hasSize(10)
                .containsKeys(
                        "dead-letter-code", "dead-letter-reason", "dead-letter-sender", "original-0", "original-6")
                .doesNotContainKey("original-7");
    }

    @Test
    void aCopyIsWrittenWithoutItsStatementOnlyAtTheLastTry() {
        ReceivedMessage message = received(
                new SenderAttestation() {

                    @Override
                    public Optional<String> attest(String queue, String body, String senderId) {
                        throw new IllegalStateException("The keys cannot be read");
                    }

                    @Override
                    public Optional<String> senderOf(String queue, String body, String statement) {
                        return Optional.empty();
                    }
                },
                Map.of());

        assertThatIllegalStateException().isThrownBy(() -> copied(message, Announcement.FIRST));
        assertThat(sqs.calls).isEmpty();
        assertThat(copied(message, Announcement.NONE))
                .containsKey("dead-letter-code")
                .doesNotContainKey("dead-letter-sender");
    }
}

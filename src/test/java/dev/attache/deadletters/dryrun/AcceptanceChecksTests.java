package dev.attache.deadletters.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptanceChecksTests {

    private static final String QUEUE = "requests";

    private final AtomicReference<@Nullable String> sender = new AtomicReference<>();

    private final AtomicReference<Failure> failure = new AtomicReference<>();

    /** Fails if there is a failure, and remembers the sender. */
    private final AcceptanceCheck check = new AcceptanceCheck() {

        @Override
        public boolean isFor(String queue) {
            return queue.equals(QUEUE);
        }

        @Override
        public List<EventType<?>> types() {
            return List.of();
        }

        @Override
        public Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId) {
            sender.set(senderId);
            if (failure.get() != null) {
                throw new IllegalStateException("anything");
            }
            return new Verdict.Accepted("well");
        }
    };

    /** Accepts one statement about one body. */
    private final SenderAttestation attestation = new SenderAttestation() {

        @Override
        public Optional<String> attest(String queue, String body, String senderId) {
            throw new AssertionError("A dry run makes no statement");
        }

        @Override
        public Optional<String> senderOf(String queue, String body, String statement) {
            return queue.equals(QUEUE) && body.equals("body") && statement.equals("signed")
                    ? Optional.of("upstream")
                    : Optional.empty();
        }
    };

    private final AcceptanceChecks checks =
            new AcceptanceChecks(List.of(check), error -> failure.get(), attestation, "attache-sender");

    private Verdict check(Failure thrown) {
        failure.set(thrown);
        return checks.check(QUEUE, "body", Map.of(), null);
    }

    @Test
    void aRejectionHasItsCodeAndReasonWithoutConfidentialText() {
        assertThat(check(new Failure.Rejected("MALFORMED", "not JSON", "about ana@example.com")))
                .isEqualTo(new Verdict.Rejected("MALFORMED", "not JSON"));
    }

    @Test
    void aFailureThatIsRetriedAndThenRejectedWithACodeOfItsOwnIsARejection() {
        assertThat(check(Failure.Transient.withBackoff("no object").exhaustedWith("OBJECT_NOT_FOUND", 3)))
                .isEqualTo(new Verdict.Rejected("OBJECT_NOT_FOUND", "no object"));
    }

    @Test
    void aFailureThatMayPassIsUnknown() {
        assertThat(check(Failure.Transient.inPlace("no answer"))).isEqualTo(new Verdict.Unknown("no answer"));
        assertThat(check(new Failure.Down("S3 is down"))).isEqualTo(new Verdict.Unknown("S3 is down"));
        assertThat(check(new Failure.Unexpected("a.B")))
                .isEqualTo(new Verdict.Unknown("The check failed unexpectedly: a.B"));
    }

    @Test
    void aQueueWithoutCheckIsUnknown() {
        assertThat(checks.check("others", "body", Map.of(), null)).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void theSenderIsThatOfAValidStatementOfExactlyThisBody() {
        checks.check(QUEUE, "body", Map.of("attache-sender", "signed"), "worker");
        assertThat(sender).hasValue("upstream");

        checks.check(QUEUE, "bodY", Map.of("attache-sender", "signed"), "worker");
        assertThat(sender).hasValue("worker");

        checks.check(QUEUE, "body", Map.of("attache-sender", "forged"), "worker");
        assertThat(sender).hasValue("worker");
    }

    @Test
    void namesOfQueuesAreFoundInArnsAndUrls() {
        assertThat(QueueNames.isNameOf("requests", QUEUE)).isTrue();
        assertThat(QueueNames.isNameOf("arn:aws:sqs:eu-central-1:123456789012:requests", QUEUE))
                .isTrue();
        assertThat(QueueNames.isNameOf("https://sqs.eu-central-1.amazonaws.com/123456789012/requests", QUEUE))
                .isTrue();
        assertThat(QueueNames.isNameOf("attachment-requests", QUEUE)).isFalse();
    }
}

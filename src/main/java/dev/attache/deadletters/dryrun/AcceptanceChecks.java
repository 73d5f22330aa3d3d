package dev.attache.deadletters.dryrun;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.message.SenderAttestation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whether messages would be accepted, by the check of their queue. Has no side effects. */
public final class AcceptanceChecks {

    private final List<AcceptanceCheck> checks;

    private final FailureClassifier failures;

    private final SenderAttestation attestation;

    private final String senderAttribute;

    /** @param senderAttribute the name of the attribute with the statement about the sender */
    public AcceptanceChecks(
            List<AcceptanceCheck> checks,
            FailureClassifier failures,
            SenderAttestation attestation,
            String senderAttribute) {
        this.checks = List.copyOf(checks);
        this.failures = failures;
        this.attestation = attestation;
        this.senderAttribute = senderAttribute;
    }

    /** The check of a queue; empty if the worker does not handle it. */
    Optional<AcceptanceCheck> of(String queue) {
        return checks.stream().filter(check -> check.isFor(queue)).findFirst();
    }

    /**
     * Checks a dead letter. Never throws.
     *
     * @param queue the name of the queue to which the letter would be sent
     * @param body the body of the letter
     * @param attributes the text attributes of the letter, with the statement about the sender
     * @param senderId the sender that SQS reports for the letter; null if unknown
     */
    public Verdict check(String queue, String body, Map<String, String> attributes, @Nullable String senderId) {
        Optional<AcceptanceCheck> check = of(queue);
        if (check.isEmpty()) {
            return new Verdict.Unknown("There is no check for queue " + queue);
        }
        try {
            String sender = attested(queue, body, attributes).orElse(senderId);
            return check.get().check(body.getBytes(StandardCharsets.UTF_8), attributes, sender);
        } catch (RuntimeException e) {
            return verdict(failures.classify(e));
        }
    }

    private Optional<String> attested(String queue, String body, Map<String, String> attributes) {
        return Optional.ofNullable(attributes.get(senderAttribute))
                .flatMap(statement -> attestation.senderOf(queue, body, statement));
    }

    private static Verdict verdict(Failure failure) {
        return switch (failure) {
            case Failure.Rejected rejected -> new Verdict.Rejected(rejected.code(), rejected.reason());
            case Failure.Transient passing ->
                passing.whenExhausted().code().equals(Failure.RETRIES_EXHAUSTED)
                        ? new Verdict.Unknown(passing.reason())
                        : new Verdict.Rejected(passing.whenExhausted().code(), passing.reason());
            case Failure.Down down -> new Verdict.Unknown(down.reason());
            case Failure.Unexpected unexpected ->
                new Verdict.Unknown("The check failed unexpectedly: " + unexpected.reason());
        };
    }
}

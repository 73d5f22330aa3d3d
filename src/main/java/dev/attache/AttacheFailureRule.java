package dev.attache;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureRule;
import dev.attache.contract.value.RejectedException;
import dev.attache.delivery.mail.MailLimitException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.RelayBusyException;
import dev.attache.ledger.ClaimHeldException;
import dev.attache.ledger.keys.KeysUnusableException;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.link.LinkNotSignableException;
import dev.attache.storage.ObjectChangedException;
import dev.attache.storage.ObjectFailingException;
import dev.attache.storage.ObjectsRefusedException;
import dev.attache.upload.UploadUnknownException;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.core.exception.AcquirePermissionCancelledException;
import java.util.Objects;
import java.util.Optional;

/**
 * Classifies the exceptions of this application and of its circuit breakers. The binder's {@code AwsFailureRule}
 * classifies those of AWS.
 */
final class AttacheFailureRule implements FailureRule {

    private final int objectNotFoundAttempts;

    private final MailFailures mails;

    AttacheFailureRule(FailureProperties properties) {
        this.objectNotFoundAttempts = properties.objectNotFoundAttempts();
        this.mails = new MailFailures(properties.mailDeferredPauses());
    }

    @Override
    public Optional<Failure> classify(Throwable exception) {
        return Optional.ofNullable(
                switch (exception) {
                    case RejectedException rejected -> rejected(rejected);
                    case MailNotSentException mail -> mails.of(mail);
                    case MailLimitException limit -> mails.of(limit);
                    case ClaimHeldException held -> Failure.Transient.afterDelay(message(held), held.left());
                    case CallNotPermittedException refused ->
                        new Failure.Down("the circuit breaker " + refused.getCausingCircuitBreakerName() + " is open");
                    // The message is not the cause, and stays in flight.
                    case LinkNotSignableException notNow -> new Failure.Down(message(notNow));
                    case ObjectsRefusedException refused -> new Failure.Down(message(refused));
                    case KeysUnusableException keys -> new Failure.Down(message(keys));
                    case RelayBusyException busy -> new Failure.Down(message(busy));
                    case BulkheadFullException full -> new Failure.Down("The mail relay is busy with other mails");
                    case AcquirePermissionCancelledException stopped ->
                        new Failure.Down("The wait for the mail relay was interrupted");
                    case LedgerContentionException busy -> Failure.Transient.withBackoff(message(busy));
                    case ObjectFailingException failing -> Failure.Transient.withBackoff(message(failing));
                    case ObjectChangedException changed -> Failure.Transient.withBackoff(message(changed));
                    case UploadUnknownException notYet -> Failure.Transient.withBackoff(message(notYet));
                    default -> null;
                });
    }

    private static String message(Throwable error) {
        return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
    }

    /**
     * An event may arrive before its object, and S3 may take up to a minute to apply a new permission everywhere: both
     * are retried before the message is rejected.
     */
    private Failure rejected(RejectedException rejected) {
        String code = rejected.code().name();
        return switch (rejected.code()) {
            case OBJECT_NOT_FOUND ->
                Failure.Transient.withBackoff(rejected.detail()).exhaustedWith(code, objectNotFoundAttempts);
            case OBJECT_ACCESS_DENIED ->
                Failure.Transient.withBackoff(rejected.detail()).exhaustedWith(code, 2 * objectNotFoundAttempts);
            default -> new Failure.Rejected(code, rejected.detail());
        };
    }
}

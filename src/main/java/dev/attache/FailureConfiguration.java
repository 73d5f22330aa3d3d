package dev.attache;

import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventCodec;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.MailLimitException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.RelayBusyException;
import dev.attache.intake.AudienceProperties;
import dev.attache.ledger.ClaimHeldException;
import dev.attache.ledger.Keys;
import dev.attache.ledger.KeysUnusableException;
import dev.attache.ledger.LedgerContentionException;
import dev.attache.link.LinkNotSignableException;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcesProperties;
import dev.attache.storage.ObjectChangedException;
import dev.attache.storage.ObjectFailingException;
import dev.attache.storage.ObjectsRefusedException;
import dev.attache.upload.UploadUnknownException;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.core.exception.AcquirePermissionCancelledException;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Joins the binder's failure policy, which knows nothing of events, with the contract. */
@Configuration(proxyBeanMethods = false)
class FailureConfiguration {

    @Bean
    FailureClassifier failureClassifier(final FailureProperties properties) {
        MailFailures mails = new MailFailures(properties.mailDeferredPauses());
        return error -> classify(error, properties.objectNotFoundAttempts(), mails);
    }

    @Bean
    RejectionListener rejectionListener(
            final EventCodec codec, final StreamBridge bridge, final ClaimedSources sources, final Clock clock) {
        return new RejectionAnnouncer(codec, bridge, sources, clock);
    }

    @Bean
    ClaimedSources claimedSources(
            final SourcePolicies policies,
            final AudienceProperties audience,
            @Value("${spring.cloud.stream.bindings.requestParts-in-0.destination}") final String parts,
            @Value("${spring.cloud.stream.bindings.emailDelivery-in-0.destination}") final String emails,
            @Value("${spring.cloud.stream.bindings.newsletterDelivery-in-0.destination}") final String newsletters) {
        return new ClaimedSources(policies, new SenderIds(audience.senderIds()), parts, Set.of(emails, newsletters));
    }

    @Bean
    SenderAttestation senderAttestation(final Keys keys, final SourcesProperties sources, final Clock clock) {
        boolean pinned = sources.sources().values().stream()
                .anyMatch(source -> !source.senderIds().isEmpty());
        return new SignedSenderAttestation(keys, pinned, clock);
    }

    /** Frameworks wrap what our own code throws: the outermost cause that is known decides. */
    private static Failure classify(Throwable error, int objectNotFoundAttempts, MailFailures mails) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            Failure known = known(cause, objectNotFoundAttempts, mails);
            if (known != null) {
                return known;
            }
        }
        return new Failure.Bug(error.getClass().getName());
    }

    private static @Nullable Failure known(Throwable cause, int objectNotFoundAttempts, MailFailures mails) {
        return switch (cause) {
            // An event may be faster than its object, and S3 takes up to a minute to know a new permission everywhere.
            case RejectedException rejected
            when rejected.code() == RejectionCode.OBJECT_NOT_FOUND ->
                Failure.Transient.later(rejected.detail())
                        .exhaustedWith(rejected.code().name(), objectNotFoundAttempts);
            case RejectedException rejected
            when rejected.code() == RejectionCode.OBJECT_ACCESS_DENIED ->
                Failure.Transient.later(rejected.detail())
                        .exhaustedWith(rejected.code().name(), 2 * objectNotFoundAttempts);
            case RejectedException rejected ->
                new Failure.Rejected(rejected.code().name(), rejected.detail());
            case CallNotPermittedException refused ->
                new Failure.Down("the circuit breaker " + refused.getCausingCircuitBreakerName() + " is open");
            // Nothing is wrong with the message: it waits, in flight.
            case LinkNotSignableException notNow -> new Failure.Down(message(notNow));
            case ObjectsRefusedException refused -> new Failure.Down(message(refused));
            case KeysUnusableException keys -> new Failure.Down(message(keys));
            case ClaimHeldException held -> Failure.Transient.after(message(held), held.left());
            case MailNotSentException mail -> mails.of(mail);
            case MailLimitException limit -> mails.of(limit);
            // Nothing is wrong with the message, nor with the service: it waits on, in flight.
            case RelayBusyException busy -> new Failure.Down(message(busy));
            case BulkheadFullException full -> new Failure.Down("The mail relay is busy with other mails");
            case AcquirePermissionCancelledException stopped -> new Failure.Down("The wait for a turn was interrupted");
            case LedgerContentionException busy -> Failure.Transient.later(message(busy));
            case ObjectFailingException failing -> Failure.Transient.later(message(failing));
            case ObjectChangedException changed -> Failure.Transient.later(message(changed));
            case UploadUnknownException notYet -> Failure.Transient.later(message(notYet));
            case SdkException aws
            when AwsErrorKind.of(aws).isAboutWorker() ->
                new Failure.Down("AWS refuses this worker: " + AwsErrorKind.named(aws));
            case SdkServiceException service
            when AwsErrorKind.of(service) == AwsErrorKind.SERVICE ->
                Failure.Transient.inPlace("AWS answered " + service.statusCode() + ": "
                        + service.getClass().getSimpleName());
            case ApiCallTimeoutException timeout -> Failure.Transient.inPlace(message(timeout));
            case ApiCallAttemptTimeoutException timeout -> Failure.Transient.inPlace(message(timeout));
            case SdkClientException client ->
                Failure.Transient.inPlace("AWS could not be reached: " + client.getMessage());
            case TimeoutException timeout -> Failure.Transient.inPlace("Publishing what follows took too long");
            case IOException io ->
                Failure.Transient.inPlace("The network failed: " + io.getClass().getSimpleName());
            case CancellationException cancelled -> Failure.Transient.inPlace("A call was given up before it ended");
            default -> null;
        };
    }

    private static String message(Throwable error) {
        return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
    }
}

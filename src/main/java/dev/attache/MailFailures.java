package dev.attache;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.Failure.Retry.Schedule;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.MailLimitException;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.MailDeferredException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.MailRefusedException;
import dev.attache.delivery.relay.RelayDownException;
import java.time.Duration;
import java.util.List;

/** Classifies the failures of mails. The relay's reply is confidential: it may name a person, and is not logged. */
final class MailFailures {

    private static final double JITTER = 0.2;

    private final List<Duration> deferredPauses;

    /** @param deferredPauses the pauses after a 4xx reply; the last one repeats */
    MailFailures(List<Duration> deferredPauses) {
        this.deferredPauses = List.copyOf(deferredPauses);
    }

    Failure of(MailNotSentException failure) {
        String reason = String.valueOf(failure.getMessage());
        return switch (failure) {
            case RelayDownException down -> Failure.Transient.inPlace(reason, new Schedule(deferredPauses, JITTER));
            case MailRefusedException refused ->
                rejected(
                        refused.addressInvalid() ? RejectionCode.ADDRESS_INVALID : RejectionCode.MAIL_REFUSED, failure);
            case MailDeferredException deferred ->
                new Failure.Transient(
                        reason,
                        rejected(RejectionCode.RETRIES_EXHAUSTED, failure),
                        Integer.MAX_VALUE,
                        new Schedule(deferredPauses, JITTER));
            case DeliveryUncertainException uncertain -> {
                Failure.Rejected given = rejected(RejectionCode.DELIVERY_UNCERTAIN, failure);
                yield uncertain.retryAfter() == null
                        ? given
                        : new Failure.Transient(
                                reason,
                                given,
                                Integer.MAX_VALUE,
                                new Schedule(List.of(uncertain.retryAfter().plusSeconds(1)), 0));
            }
        };
    }

    Failure of(MailLimitException limit) {
        String reason = String.valueOf(limit.getMessage());
        return new Failure.Transient(
                reason,
                new Failure.Rejected(Failure.RETRIES_EXHAUSTED, reason),
                Integer.MAX_VALUE,
                new Schedule(List.of(limit.left()), 0));
    }

    private static Failure.Rejected rejected(RejectionCode code, MailNotSentException failure) {
        String reason = String.valueOf(failure.getMessage());
        return new Failure.Rejected(
                code.name(), reason, failure.reply() == null ? null : reason + ": " + failure.reply());
    }
}

package dev.attache;

import java.time.Duration;
import java.util.List;

import dev.attache.binder.Failure;
import dev.attache.binder.Failure.Retry.Schedule;
import dev.attache.contract.RejectionCode;
import dev.attache.delivery.MailLimitException;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.MailDeferredException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.MailRefusedException;
import dev.attache.delivery.relay.RelayDownException;

/** What kind of failure a mail's is. The relay's own words go where operators and upstream read them, and into no log. */
final class MailFailures {

    /**
     * After a 4xx reply. Greylisting wants to see the same mail again after some minutes, most often five (RFC 6647); ten receives
     * with these pauses last more than two hours.
     */
    static final List<Duration> DEFERRED = List.of(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(1),
            Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(40),
            Duration.ofMinutes(60));

    private static final double JITTER = 0.2;

    private MailFailures() {
    }

    static Failure of(MailNotSentException failure) {
        String reason = String.valueOf(failure.getMessage());
        return switch (failure) {
            case RelayDownException down -> Failure.Transient.inPlace(reason);
            case MailRefusedException refused -> rejected(
                    refused.addressInvalid() ? RejectionCode.ADDRESS_INVALID : RejectionCode.MAIL_REFUSED, failure);
            case MailDeferredException deferred -> new Failure.Transient(reason, rejected(RejectionCode.RETRIES_EXHAUSTED, failure),
                    Integer.MAX_VALUE, new Schedule(DEFERRED, JITTER));
            case DeliveryUncertainException uncertain -> {
                Failure.Rejected given = rejected(RejectionCode.DELIVERY_UNCERTAIN, failure);
                yield uncertain.retryAfter() == null ? given : new Failure.Transient(reason, given, Integer.MAX_VALUE,
                        new Schedule(List.of(uncertain.retryAfter().plusSeconds(1)), 0));
            }
        };
    }

    static Failure of(MailLimitException limit) {
        String reason = String.valueOf(limit.getMessage());
        return new Failure.Transient(reason, new Failure.Rejected(Failure.RETRIES_EXHAUSTED, reason), Integer.MAX_VALUE,
                new Schedule(List.of(limit.left()), 0));
    }

    private static Failure.Rejected rejected(RejectionCode code, MailNotSentException failure) {
        String reason = String.valueOf(failure.getMessage());
        return new Failure.Rejected(code.name(), reason, failure.reply() == null ? null : reason + ": " + failure.reply());
    }
}

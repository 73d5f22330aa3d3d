package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.RejectedException;
import dev.attache.delivery.mail.MailLimitException;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.MailDeferredException;
import dev.attache.delivery.relay.MailRefusedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts what became of mails, at each attempt, and how long the sent ones took. No tag contains anything of a mail.
 *
 * @param clock measures how long after its event a mail was sent
 */
record MailMeters(MeterRegistry meters, Clock clock) {

    /** The outcomes of attempts that end with an exception; {@link LinkIssuedHandler.Outcome} has the others. */
    enum Failed {
        REFUSED,
        DEFERRED,
        UNCERTAIN,
        LIMITED,
        REJECTED,
        /** The relay, S3 or another worker's claim made it wait. */
        WAITING
    }

    /** Creates the meters of a channel, so that they are zero before the first mail. */
    MailMeters forChannel(Channel channel) {
        for (LinkIssuedHandler.Outcome outcome : LinkIssuedHandler.Outcome.values()) {
            counter(channel, outcome);
        }
        for (Failed outcome : Failed.values()) {
            counter(channel, outcome);
        }
        for (LinkIssued.Purpose purpose : LinkIssued.Purpose.values()) {
            timer(channel, purpose);
        }
        return this;
    }

    void ended(Channel channel, CloudEvent<LinkIssued> event, LinkIssuedHandler.Outcome outcome) {
        counter(channel, outcome).increment();
        if (outcome == LinkIssuedHandler.Outcome.SENT || outcome == LinkIssuedHandler.Outcome.SENT_PERHAPS_AGAIN) {
            timer(channel, event.data().purpose())
                    .record(Duration.between(event.data().issuedAt(), clock.instant()));
        }
    }

    void failed(Channel channel, RuntimeException error) {
        counter(
                        channel,
                        switch (error) {
                            case MailRefusedException refused -> Failed.REFUSED;
                            case MailDeferredException deferred -> Failed.DEFERRED;
                            case DeliveryUncertainException uncertain -> Failed.UNCERTAIN;
                            case MailLimitException limited -> Failed.LIMITED;
                            case RejectedException rejected -> Failed.REJECTED;
                            default -> Failed.WAITING;
                        })
                .increment();
    }

    private Counter counter(Channel channel, Enum<?> outcome) {
        return Counter.builder("attache.mails")
                .description("Attempts to send a mail")
                .tag("channel", channel.wireName())
                .tag("outcome", tag(outcome))
                .register(meters);
    }

    private Timer timer(Channel channel, LinkIssued.Purpose purpose) {
        return Timer.builder("attache.mails.delay")
                .description("From the event link.issued until the relay has accepted its mail")
                .tag("channel", channel.wireName())
                .tag("kind", tag(purpose))
                .serviceLevelObjectives(
                        Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10))
                .register(meters);
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

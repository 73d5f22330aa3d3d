package dev.attache.delivery.relay;

import dev.attache.delivery.relay.MailTransportFactory.SendingTime;
import dev.attache.delivery.relay.TransportProperties.Transport;
import dev.attache.ledger.LedgerProperties;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.tracing.Traces;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The relay, its transport and its meters. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TransportProperties.class, RelayProperties.class})
@ConditionalOnRole(Role.WORKER)
class RelayConfiguration {

    /** Mails per second; the default of most accounts ("Service quotas in Amazon SES"). */
    private static final double SES_RATE = 14;

    /**
     * The relay.
     *
     * @param breaker opens if the relay accepts no session
     * @param senderBreaker opens if the relay refuses all mails
     */
    @Bean(destroyMethod = "close")
    Relay relay(
            MailTransport transport,
            TransportProperties properties,
            RelayProperties limits,
            @Qualifier("mailBreaker") CircuitBreaker breaker,
            @Qualifier("mailSenderBreaker") CircuitBreaker senderBreaker,
            Traces traces,
            ObjectProvider<MeterRegistry> meters) {
        double defaultRate = properties.transport() == Transport.SES ? SES_RATE : Double.POSITIVE_INFINITY;
        Relay relay = new Relay(
                new TracedTransport(transport, properties.transport().name().toLowerCase(Locale.ROOT), traces),
                breaker,
                senderBreaker,
                limits.rate(defaultRate),
                limits.concurrent(),
                limits.patience());
        meters.ifAvailable(registry -> {
            Gauge.builder("attache.alarms", relay, it -> it.isSendingSuspended() ? 1 : 0)
                    // The same tag names as the other alarms: Prometheus requires it.
                    .tags("alarm", "mail-sender-blocked", "source", "all")
                    .description("1 while sending is suspended because the mail relay refuses or does not answer mails")
                    .register(registry);
            Gauge.builder("attache.mail.rate", relay, Relay::perSecond)
                    .description("The current limit of mails per second")
                    .register(registry);
        });
        return relay;
    }

    /**
     * The configured transport.
     *
     * @throws IllegalStateException if a mail's claim could expire while the mail is being sent
     */
    @Bean(destroyMethod = "close")
    MailTransport mailTransport(
            TransportProperties properties, LedgerProperties ledger, List<MailTransportFactory> factories) {
        MailTransportFactory factory = factories.stream()
                .filter(candidate -> candidate.transport() == properties.transport())
                .findFirst()
                .orElseThrow();
        requireLonger(ledger.claimLease(), factory.longestSendingTime());
        return factory.create(properties.senderAddress());
    }

    private static void requireLonger(Duration claimLease, SendingTime sending) {
        if (claimLease.compareTo(sending.longest()) <= 0) {
            long seconds = sending.longest().toSeconds();
            throw new IllegalStateException(("attache.ledger.claim-lease is %ds, but a mail may take %ds to send (%s): "
                            + "set it to %ds or more")
                    .formatted(claimLease.toSeconds(), seconds, sending.settings(), seconds + 1));
        }
    }
}

package dev.attache.delivery;

import dev.attache.contract.EventCodec;
import dev.attache.contract.value.Channel;
import dev.attache.delivery.mail.DeliveryProperties;
import dev.attache.delivery.mail.MailComposer;
import dev.attache.delivery.mail.MailContentWriter;
import dev.attache.delivery.mail.MailLimits;
import dev.attache.delivery.relay.Relay;
import dev.attache.ledger.Claims;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.ObjectIndex;
import dev.attache.link.LinkSigner;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** Defines the two functions that send mails: one for each mail channel. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
@ConditionalOnRole({Role.WORKER, Role.CONSOLE})
class DeliveryConfiguration {

    @Bean
    @ConditionalOnRole(Role.WORKER)
    Consumer<Message<byte[]>> emailDelivery(LinkIssuedHandlerFactory handlers) {
        return handlers.forChannel(Channel.EMAIL);
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    Consumer<Message<byte[]>> newsletterDelivery(LinkIssuedHandlerFactory handlers) {
        return handlers.forChannel(Channel.NEWSLETTER);
    }

    @Bean
    MailWriting mailWriting(DeliveryProperties properties, Clock clock) {
        Templates templates = new Templates("mail", "mail");
        return new MailWriting(
                new MailContentWriter(
                        templates.texts(), new Languages(properties.defaultLocale()), properties.timeZone()),
                new MailComposer(properties, templates, clock));
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    LinkIssuedHandlerFactory linkIssuedHandlers(
            EventCodec codec,
            SourcePolicies policies,
            LinkSigner signer,
            ObjectCatalog catalog,
            Relay relay,
            Claims claims,
            DeliveryHashes hashes,
            DueDownloads due,
            ObjectIndex index,
            MailWriting writing,
            StreamBridge bridge,
            MeterRegistry meters,
            Clock clock) {
        LinkRenewal renewal = new LinkRenewal(signer, catalog, clock);
        MailDispatcher dispatcher = new MailDispatcher(claims, relay, clock);
        MailLimits limits = limits(meters, clock);
        MailEvents events = new PublishedMailEvents(codec, bridge::send, clock);
        LateReminders lateReminders = new LateReminders(meters);
        MailMeters mails = new MailMeters(meters, clock);
        return channel -> new LinkIssuedHandler(
                new LinkIssuedReader(channel, codec, policies),
                limits,
                renewal,
                writing.writer(),
                writing.composer(),
                hashes,
                dispatcher,
                due,
                index,
                events,
                lateReminders,
                mails.forChannel(channel));
    }

    static MailLimits limits(MeterRegistry meters, Clock clock) {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new MailLimits(meters, clock, random);
    }

    /** What writes and composes mails. */
    record MailWriting(MailContentWriter writer, MailComposer composer) {}

    /**
     * Creates the handler of one channel. All handlers share the limits, the writer, the composer and the dispatcher.
     */
    @FunctionalInterface
    interface LinkIssuedHandlerFactory {

        LinkIssuedHandler forChannel(Channel channel);
    }
}

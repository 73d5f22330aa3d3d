package dev.attache.delivery;

import dev.attache.contract.EventCodec;
import dev.attache.contract.value.Channel;
import dev.attache.delivery.mail.DeliveryProperties;
import dev.attache.delivery.mail.MailComposer;
import dev.attache.delivery.mail.MailContentWriter;
import dev.attache.delivery.mail.MailLimits;
import dev.attache.delivery.relay.Relay;
import dev.attache.ledger.Claims;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** The two functions that send mails, and what they are made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
class DeliveryConfiguration {

    @Bean
    Consumer<Message<byte[]>> emailDelivery(DeliveryDesk desk) {
        return desk.of(Channel.EMAIL);
    }

    @Bean
    Consumer<Message<byte[]>> newsletterDelivery(DeliveryDesk desk) {
        return desk.of(Channel.NEWSLETTER);
    }

    @Bean
    DeliveryDesk deliveryDesk(
            EventCodec codec,
            SourcePolicies policies,
            LinkSigner signer,
            ObjectCatalog catalog,
            Relay relay,
            Claims claims,
            DeliveryProperties properties,
            StreamBridge bridge,
            MeterRegistry meters,
            Clock clock) {
        Templates templates = new Templates("mail", "mail");
        MailContentWriter writer = new MailContentWriter(
                templates.texts(), new Languages(properties.defaultLocale()), properties.timeZone());
        MailComposer composer = new MailComposer(properties, templates, clock);
        LinkRenewal freshLinks = new LinkRenewal(signer, catalog, clock);
        MailDispatcher dispatch = new MailDispatcher(claims, relay);
        MailLimits limits = new MailLimits(meters, clock, RandomGenerator.getDefault());
        MailEvents events = new PublishedMailEvents(codec, bridge::send, clock);
        return channel ->
                new LinkIssuedHandler(channel, codec, policies, limits, freshLinks, writer, composer, dispatch, events);
    }

    /** Makes the delivery of one channel; all of them share one writer, one composer and one dispatcher. */
    @FunctionalInterface
    interface DeliveryDesk {

        LinkIssuedHandler of(Channel channel);
    }
}

package dev.attache.delivery;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import dev.attache.contract.Channel;
import dev.attache.contract.EventCodec;
import dev.attache.delivery.relay.Relay;
import dev.attache.ledger.Claims;
import dev.attache.link.LinkSigner;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SourcePolicies;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import io.micrometer.core.instrument.MeterRegistry;
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
    DeliveryDesk deliveryDesk(EventCodec codec, SourcePolicies policies, LinkSigner signer, ObjectCatalog catalog,
            Relay relay, Claims claims, DeliveryProperties properties, StreamBridge bridge, MeterRegistry meters, Clock clock) {
        Templates templates = new Templates("mail", "mail");
        LetterWriter writer = new LetterWriter(templates.texts(), new Languages(properties.defaultLocale()),
                properties.timeZone());
        MailComposer composer = new MailComposer(properties, templates, clock);
        FreshLinks freshLinks = new FreshLinks(signer, catalog, clock);
        Dispatch dispatch = new Dispatch(claims, relay);
        MailLimits limits = new MailLimits(meters, clock, RandomGenerator.getDefault());
        MailEvents events = new PublishedMailEvents(codec, bridge::send, clock);
        return channel -> new LinkDelivery(channel, codec, policies, limits, freshLinks, writer, composer, dispatch, events);
    }

    /** Makes the delivery of one channel; all of them share one writer, one composer and one dispatcher. */
    @FunctionalInterface
    interface DeliveryDesk {

        LinkDelivery of(Channel channel);
    }
}

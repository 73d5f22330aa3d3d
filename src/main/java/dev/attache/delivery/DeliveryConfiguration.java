package dev.attache.delivery;

import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

import dev.attache.contract.Channel;
import dev.attache.contract.EventCodec;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import dev.attache.link.LinkSigner;
import dev.attache.link.SourcePolicies;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The two functions that send mails, and what they are made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
class DeliveryConfiguration {

    /** Milliseconds. Jakarta Mail waits for ever where none is set, and would outlive the visibility timeout. */
    private static final Map<String, String> SMTP_TIMEOUTS = Map.of(
            "connectiontimeout", "10000", "timeout", "20000", "writetimeout", "20000");

    @Bean
    Consumer<Message<byte[]>> emailDelivery(DeliveryDesk desk) {
        return desk.of(Channel.EMAIL);
    }

    @Bean
    Consumer<Message<byte[]>> newsletterDelivery(DeliveryDesk desk) {
        return desk.of(Channel.NEWSLETTER);
    }

    @Bean
    DeliveryDesk deliveryDesk(EventCodec codec, SourcePolicies policies, LinkSigner signer, MailTransport transport,
            DeliveryProperties properties, Clock clock) {
        Templates templates = new Templates("mail", "mail");
        LetterWriter writer = new LetterWriter(templates.texts(), new Languages(properties.defaultLocale()),
                properties.timeZone());
        MailComposer composer = new MailComposer(properties, templates, clock);
        FreshLinks freshLinks = new FreshLinks(signer, clock);
        Dispatch dispatch = new Dispatch(transport);
        return channel -> new LinkDelivery(channel, codec, policies, freshLinks, writer, composer, dispatch);
    }

    @Bean
    MailTransport mailTransport(DeliveryProperties properties, ObjectProvider<JavaMailSender> smtp,
            ObjectProvider<AwsClientBuilderConfigurer> aws) {
        return switch (properties.transport()) {
            case SMTP -> new SmtpTransport(patient(smtp.getIfAvailable(() -> {
                throw new IllegalStateException("attache.mail.transport is smtp, but spring.mail.host is not set: "
                        + "name the relay there (SPRING_MAIL_HOST), or set attache.mail.transport to ses");
            })));
            case SES -> new SesTransport(SesTransport.patient(aws.getObject().configure(SesV2Client.builder())));
        };
    }

    private static JavaMailSender patient(JavaMailSender sender) {
        if (sender instanceof JavaMailSenderImpl smtp) {
            Properties settings = smtp.getJavaMailProperties();
            SMTP_TIMEOUTS.forEach((name, value) -> {
                settings.putIfAbsent("mail.smtp." + name, value);
                settings.putIfAbsent("mail.smtps." + name, value);
            });
        }
        return sender;
    }

    /** Makes the delivery of one channel; all of them share the same pen and the same way out. */
    @FunctionalInterface
    interface DeliveryDesk {

        LinkDelivery of(Channel channel);
    }
}

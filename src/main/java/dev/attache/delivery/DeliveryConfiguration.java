package dev.attache.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

import dev.attache.contract.Channel;
import dev.attache.contract.EventCodec;
import dev.attache.ledger.Claims;
import dev.attache.ledger.LedgerProperties;
import dev.attache.link.LinkSigner;
import dev.attache.link.SourcePolicies;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The two functions that send mails, and what they are made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DeliveryProperties.class, RelayProperties.class})
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
    DeliveryDesk deliveryDesk(EventCodec codec, SourcePolicies policies, LinkSigner signer, Relay relay,
            Claims claims, DeliveryProperties properties, Clock clock) {
        Templates templates = new Templates("mail", "mail");
        LetterWriter writer = new LetterWriter(templates.texts(), new Languages(properties.defaultLocale()),
                properties.timeZone());
        MailComposer composer = new MailComposer(properties, templates, clock);
        FreshLinks freshLinks = new FreshLinks(signer, clock);
        Dispatch dispatch = new Dispatch(claims, relay);
        return channel -> new LinkDelivery(channel, codec, policies, freshLinks, writer, composer, dispatch);
    }

    /** @param breaker the one that the inputs' gate looks at */
    @Bean
    Relay relay(MailTransport transport, DeliveryProperties delivery, RelayProperties limits,
            @Qualifier("mailBreaker") CircuitBreaker breaker) {
        return new Relay(transport, breaker, limits.rate(delivery.transport()), limits.concurrent(), limits.patience());
    }

    @Bean
    MailTransport mailTransport(DeliveryProperties properties, LedgerProperties ledger,
            ObjectProvider<JavaMailSender> smtp, ObjectProvider<AwsClientBuilderConfigurer> aws) {
        return switch (properties.transport()) {
            case SMTP -> new SmtpTransport(patient(smtp.getIfAvailable(() -> {
                throw new InvalidConfigurationPropertyValueException("spring.mail.host", null, "attache.mail.transport is smtp, "
                        + "but spring.mail.host is not set: name the relay there (SPRING_MAIL_HOST), or set "
                        + "attache.mail.transport to ses");
            }), ledger.claimLease()));
            case SES -> {
                requireLonger(ledger.claimLease(), SesTransport.CALL, "the timeout of SES's SendEmail");
                yield new SesTransport(SesTransport.patient(aws.getObject().configure(SesV2Client.builder())));
            }
        };
    }

    private static JavaMailSender patient(JavaMailSender sender, Duration claimLease) {
        if (sender instanceof JavaMailSenderImpl smtp) {
            Properties settings = smtp.getJavaMailProperties();
            SMTP_TIMEOUTS.forEach((name, value) -> {
                settings.putIfAbsent("mail.smtp." + name, value);
                settings.putIfAbsent("mail.smtps." + name, value);
            });
            String protocol = "mail." + (smtp.getProtocol() == null ? "smtp" : smtp.getProtocol()) + ".";
            Duration longest = SMTP_TIMEOUTS.keySet().stream()
                    .map(name -> Duration.ofMillis(Long.parseLong(settings.getProperty(protocol + name))))
                    .reduce(Duration.ZERO, Duration::plus);
            requireLonger(claimLease, longest, protocol + "connectiontimeout, timeout and writetimeout together");
        }
        return sender;
    }

    /**
     * A claim that ends while its mail is being sent is no claim. The least is one wait of each kind; each of the relay's
     * nine or so replies may take the {@code timeout}, for which the default of five minutes has room.
     */
    private static void requireLonger(Duration claimLease, Duration longest, String what) {
        if (claimLease.compareTo(longest) <= 0) {
            throw new IllegalStateException(("attache.ledger.claim-lease is %ds, but a mail may take %ds to send (%s): "
                    + "set it well above that, such as 5m").formatted(claimLease.toSeconds(), longest.toSeconds(), what));
        }
    }

    /** Makes the delivery of one channel; all of them share the same pen and the same way out. */
    @FunctionalInterface
    interface DeliveryDesk {

        LinkDelivery of(Channel channel);
    }
}

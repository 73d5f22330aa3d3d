package dev.attache.delivery;

import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;

import dev.attache.ledger.LedgerProperties;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DeliveryConfigurationUnitTests {

    @Test
    void whatIsNotSetHasAMeaning() {
        DeliveryProperties properties = bind("attache.mail.from", "Acmé <files@acme.example>");

        assertThat(properties.transport()).isEqualTo(DeliveryProperties.Transport.SMTP);
        assertThat(properties.timeZone().getId()).isEqualTo("UTC");
        assertThat(properties.defaultLocale().getLanguage()).isEqualTo("en");
        assertThat(properties.replyToAddress()).isNull();
        assertThat(properties.fromAddress().getPersonal()).isEqualTo("Acmé");
        assertThat(properties.domain()).isEqualTo("acme.example");
    }

    @Test
    void whatIsWrongIsSaidWithTheNameOfTheSettingAndTheFix() {
        assertProblem("attache.mail.from", "").contains("attache.mail.from is not set", "ATTACHE_MAIL_FROM");
        assertProblem("attache.mail.from", "nobody").contains("attache.mail.from is 'nobody'", "files@acme.example");
        assertProblem("attache.mail.from", "a@b.example, c@d.example").contains("attache.mail.from");
        assertProblem("attache.mail.from", "a@b.example", "attache.mail.reply-to", "x")
                .contains("attache.mail.reply-to");
        assertProblem("attache.mail.from", "a@b.example", "attache.mail.default-locale", "ja")
                .contains("attache.mail.default-locale", "[de, en, es, fr, pt]");
        assertProblem("attache.mail.from", "a@b.example", "attache.mail.transport", "pigeon").contains("Transport");
    }

    @Test
    void smtpWithoutARelayIsRefusedAtStart() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> transport(new StaticListableBeanFactory()))
                .withMessageContaining("spring.mail.host").withMessageContaining("ses");
    }

    @Test
    void sesSendsOnlyWhereItIsChosenAndARelayOnlyWhereItIsNot() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("mailSender", new JavaMailSenderImpl());
        beans.addBean("aws", new AwsClientBuilderConfigurer(AnonymousCredentialsProvider.create(), () -> Region.EU_CENTRAL_1,
                new AwsProperties()));

        assertThat(transport(beans)).isInstanceOf(SmtpTransport.class);
        assertThat(transport(beans, Duration.ofMinutes(5), "attache.mail.transport", "ses")).isInstanceOf(SesTransport.class);
    }

    @Test
    void aRelayIsNotWaitedForForEver() {
        JavaMailSenderImpl relay = new JavaMailSenderImpl();
        relay.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("mailSender", relay);

        transport(beans);

        Properties settings = relay.getJavaMailProperties();
        assertThat(settings).containsEntry("mail.smtp.timeout", "5000")
                .containsEntry("mail.smtp.connectiontimeout", "10000");
    }

    @Test
    void aClaimThatEndsBeforeItsMailIsSentIsRefusedAtStart() {
        JavaMailSenderImpl relay = new JavaMailSenderImpl();
        relay.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("mailSender", relay);

        assertThatIllegalStateException().isThrownBy(() -> transport(beans, Duration.ofSeconds(35)))
                .withMessageContaining("attache.ledger.claim-lease is 35s, but a mail may take 35s to send")
                .withMessageContaining("mail.smtp.connectiontimeout, timeout and writetimeout");
        assertThat(transport(beans, Duration.ofSeconds(36))).isNotNull();
    }

    private static MailTransport transport(StaticListableBeanFactory beans) {
        return transport(beans, Duration.ofMinutes(5));
    }

    private static MailTransport transport(StaticListableBeanFactory beans, Duration claimLease, String... settings) {
        String[] all = Stream.concat(Stream.of("attache.mail.from", "files@acme.example"), Stream.of(settings)).toArray(String[]::new);
        ObjectProvider<JavaMailSender> smtp = beans.getBeanProvider(JavaMailSender.class);
        return new DeliveryConfiguration().mailTransport(bind(all), new LedgerProperties("attachments", "ledger/", claimLease), smtp, beans.getBeanProvider(AwsClientBuilderConfigurer.class));
    }

    private static AbstractStringAssert<?> assertProblem(String... settings) {
        BindException problem = catchThrowableOfType(BindException.class, () -> bind(settings));
        return assertThat(NestedExceptionUtils.getMostSpecificCause(problem).getMessage());
    }

    private static DeliveryProperties bind(String... settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        for (int i = 0; i < settings.length; i += 2) {
            source.put(settings[i], settings[i + 1]);
        }
        return new Binder(source).bindOrCreate("attache.mail", DeliveryProperties.class);
    }
}

package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.ClassUtils;

class MailSenderUnitTests {

    /** With the SES starter, Spring Cloud AWS defines a mail sender, and Spring Boot then defines none. */
    @Test
    void theSesStarterWhichWouldReplaceSpringMailHostIsNotOnTheClassPath() {
        ClassLoader loader = getClass().getClassLoader();

        assertThat(ClassUtils.isPresent("io.awspring.cloud.ses.SimpleEmailServiceJavaMailSender", loader))
                .isFalse();
        assertThat(ClassUtils.isPresent("software.amazon.awssdk.services.ses.SesClient", loader))
                .isFalse();
        assertThat(ClassUtils.isPresent("io.awspring.cloud.autoconfigure.ses.SesAutoConfiguration", loader))
                .as("the configuration that depends on these classes")
                .isTrue();
    }

    @Test
    void theMailSenderUsesSpringMailHost() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
                .withPropertyValues("spring.mail.host=relay.acme.example")
                .run(context -> assertThat(context)
                        .getBean(JavaMailSender.class)
                        .isInstanceOfSatisfying(
                                JavaMailSenderImpl.class,
                                relay -> assertThat(relay.getHost()).isEqualTo("relay.acme.example")));
    }
}

package dev.attache.delivery.relay.smtp;

import dev.attache.delivery.relay.RelayProperties;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

/** Makes SMTP available as a transport. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SmtpProperties.class)
@ConditionalOnRole(Role.WORKER)
class SmtpConfiguration {

    /** Enforces the write timeouts of all connections. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService smtpTimers() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("smtp-timers").factory());
    }

    @Bean
    SmtpTransportFactory smtpTransportFactory(
            SmtpProperties properties,
            RelayProperties limits,
            ObjectProvider<JavaMailSender> sender,
            @Qualifier("smtpTimers") ScheduledExecutorService timers) {
        return new SmtpTransportFactory(properties, limits.concurrent(), sender, timers);
    }
}

package dev.attache.sandbox;

import dev.attache.sandbox.pages.ChangeRequests;
import dev.attache.sandbox.pages.DeadLetters;
import dev.attache.sandbox.pages.PublishedEvents;
import dev.attache.sandbox.pages.QueueDepths;
import dev.attache.sandbox.pages.Samples;
import dev.attache.sandbox.pages.SandboxPages;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The pages of the sandbox, in the worker's web server, and beans for tests. It is a test configuration, so component
 * scans ignore it, and other tests run without it.
 */
@TestConfiguration(proxyBeanMethods = false)
public class SandboxConfiguration {

    @Bean
    RouterFunction<ServerResponse> sandboxPages(Surroundings surroundings) {
        var sqs = surroundings.clients().sqs();
        return new SandboxPages(
                        new Samples(Path.of("samples"), sqs),
                        new ChangeRequests(sqs, Clock.systemUTC()),
                        new QueueDepths(sqs),
                        new PublishedEvents(surroundings.published()),
                        new DeadLetters(sqs),
                        surroundings.mail(),
                        surroundings.managementOrigin() + "/ops")
                .routes();
    }

    /** Needs no login: the pages show only the sandbox. Forms still need their CSRF token. */
    @Bean
    @Order(0)
    SecurityFilterChain sandboxSecurity(HttpSecurity http) throws Exception {
        return http.securityMatcher("/", "/sandbox", "/sandbox/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        // Mails have inline styles and images, but no scripts.
                        .contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'self'; "
                                + "style-src 'self' 'unsafe-inline'; img-src * data:; base-uri 'none'; "
                                + "form-action 'self'; frame-ancestors 'none'")))
                .build();
    }

    @Bean
    Upstream upstream(Surroundings surroundings) {
        return new Upstream(surroundings.clients());
    }

    @Bean
    Mailbox mailbox(Surroundings surroundings) {
        return new Mailbox(surroundings.mail());
    }
}

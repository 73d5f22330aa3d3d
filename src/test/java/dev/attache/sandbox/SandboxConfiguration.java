package dev.attache.sandbox;

import dev.attache.sandbox.pages.QueueDepths;
import dev.attache.sandbox.pages.Samples;
import dev.attache.sandbox.pages.SandboxPages;
import java.nio.file.Path;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The sandbox's pages beside the worker's, in the same web server, and what tests inject. A test configuration, which
 * no component scan picks up: other tests of the worker go without.
 */
@TestConfiguration(proxyBeanMethods = false)
public class SandboxConfiguration {

    @Bean
    RouterFunction<ServerResponse> sandboxPages(Surroundings surroundings) {
        var samples = new Samples(Path.of("samples"), surroundings.clients().sqs());
        return new SandboxPages(samples, new QueueDepths(surroundings.clients().sqs()), surroundings.mail()).routes();
    }

    /** Open to whoever reaches it: it shows nothing but the sandbox. What it sends still takes its own page's token. */
    @Bean
    @Order(0)
    SecurityFilterChain sandboxSecurity(HttpSecurity http) throws Exception {
        return http.securityMatcher("/", "/sandbox", "/sandbox/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        // Mails bring their own inline styles and pictures, and no script.
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

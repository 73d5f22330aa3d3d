package dev.attache;

import dev.attache.contract.value.PagePaths;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Recipients' pages are open to whoever holds their address. What operators look at takes the user of
 * {@code spring.security.user}, and is served on a port of its own ({@code management.server.port}). There is nothing
 * else.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Matches requests to the management port only, as long as it is another than that of the pages. */
    @Bean
    @Order(1)
    SecurityFilterChain actuator(final HttpSecurity http) throws Exception {
        return withoutState(http)
                .securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    /**
     * Nobody logs in to a page: with HTTP Basic, every request with an invented password would cost the time of hashing
     * it.
     */
    @Bean
    @Order(2)
    SecurityFilterChain pages(final HttpSecurity http) throws Exception {
        return withoutState(http)
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(PagePaths.UPLOAD + "**", "/assets/**", "/error")
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .build();
    }

    /** No cookie is ever set, so there is nothing that a forged request could ride on. */
    private static HttpSecurity withoutState(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
    }

    /** Without {@code spring.security.user.password} nobody gets in; Boot would make a password up and log it. */
    @Bean
    UserDetailsService operators(final SecurityProperties properties) {
        SecurityProperties.User operator = properties.getUser();
        return operator.isPasswordGenerated()
                ? new InMemoryUserDetailsManager()
                : new InMemoryUserDetailsManager(User.withUsername(operator.getName())
                        .password("{noop}" + operator.getPassword())
                        .roles(operator.getRoles().toArray(String[]::new))
                        .build());
    }
}

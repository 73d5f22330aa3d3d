package dev.attache;

import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Recipients' pages are open to whoever holds their address; what operators look at takes the user of
 * {@code spring.security.user}; there is nothing else.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** No cookie is ever set, so there is nothing that a forged request could ride on. */
    @Bean
    SecurityFilterChain pages(final HttpSecurity http) throws Exception {
        return http
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/u/**", "/assets/**", "/error").permitAll()
                        .requestMatchers(EndpointRequest.to(HealthEndpoint.class)).permitAll()
                        .requestMatchers(EndpointRequest.toAnyEndpoint()).authenticated()
                        .anyRequest().denyAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(
                        ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    /** Without {@code spring.security.user.password} nobody gets in; Boot would make a password up and log it. */
    @Bean
    UserDetailsService operators(final SecurityProperties properties) {
        SecurityProperties.User operator = properties.getUser();
        return operator.isPasswordGenerated() ? new InMemoryUserDetailsManager()
                : new InMemoryUserDetailsManager(User.withUsername(operator.getName())
                        .password("{noop}" + operator.getPassword())
                        .roles(operator.getRoles().toArray(String[]::new))
                        .build());
    }
}

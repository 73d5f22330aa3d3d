package dev.attache.operations;

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
 * Access to the actuator endpoints: health is open, all others need the user of {@code spring.security.user} (HTTP
 * Basic). They are served on their own port ({@code management.server.port}).
 *
 * <p>{@code bindings} pauses, stops and starts inputs. A browser that knows the password sends it with requests of
 * other sites as well, so those are refused: browsers state where a request comes from, and endpoints accept no body
 * but JSON, which another site may send only after a CORS preflight request, which no endpoint answers.
 */
@Configuration(proxyBeanMethods = false)
class ActuatorSecurityConfiguration {

    /** Matches requests to the management port only, if that port differs from the port of the pages. */
    @Bean
    @Order(1)
    SecurityFilterChain actuator(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.requestMatchers(new ForgedRequestMatcher())
                        .denyAll()
                        .requestMatchers(EndpointRequest.to(HealthEndpoint.class))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                // Instead of a token, which a script would have to get first: ForgedRequestMatcher.
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    /**
     * Without {@code spring.security.user.password} there is no user, and every login fails. Spring Boot would generate
     * a password and log it.
     */
    @Bean
    UserDetailsService operators(SecurityProperties properties) {
        SecurityProperties.User operator = properties.getUser();
        return operator.isPasswordGenerated()
                ? new InMemoryUserDetailsManager()
                : new InMemoryUserDetailsManager(User.withUsername(operator.getName())
                        .password("{noop}" + operator.getPassword())
                        .roles(operator.getRoles().toArray(String[]::new))
                        .build());
    }
}

package dev.attache.gateway;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Security filter chains for pages that need no login. Each kind of page declares its own chain. They set no cookie and
 * read no credentials: with HTTP Basic, every request with an invented password would cost a password hash.
 */
public final class PageSecurity {

    private PageSecurity() {}

    /**
     * Permits all requests to the given paths.
     *
     * @param paths patterns such as {@code /u/**}
     */
    public static SecurityFilterChain permitAll(HttpSecurity http, String... paths) throws Exception {
        return stateless(http)
                .securityMatcher(paths)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Denies all requests that no earlier chain matches. */
    static SecurityFilterChain denyAll(HttpSecurity http) throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                .build();
    }

    /** Protection against forged requests is off: without a cookie, a forged request has no rights to abuse. */
    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
    }
}

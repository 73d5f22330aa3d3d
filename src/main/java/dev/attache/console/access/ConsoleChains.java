package dev.attache.console.access;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The security filter chains of the console. Which role a request needs depends on its method only, so that no mapping
 * can be forgotten: reading needs {@code VIEWER}, anything else {@code OPERATOR}.
 */
final class ConsoleChains {

    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final Sessions sessions;

    private final PasswordAuthentication passwords;

    private final ConsoleEntry entry;

    private final SignInResult signInResult;

    private final ConsoleCookies cookies;

    private final boolean https;

    ConsoleChains(
            Sessions sessions,
            PasswordAuthentication passwords,
            ConsoleEntry entry,
            SignInResult signInResult,
            ConsoleCookies cookies,
            boolean https) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.entry = entry;
        this.signInResult = signInResult;
        this.cookies = cookies;
        this.https = https;
    }

    SecurityFilterChain api(HttpSecurity http) throws Exception {
        return common(http)
                .securityMatcher(ManagementPort.of("/ops/api", "/ops/api/**"))
                .authorizeHttpRequests(ConsoleChains::byMethod)
                .httpBasic(basic -> basic.authenticationEntryPoint(entry))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens())
                        .ignoringRequestMatchers(request -> request.getHeader(HttpHeaders.AUTHORIZATION) != null))
                .logout(logout -> logout.disable())
                .build();
    }

    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        return common(http)
                .securityMatcher(ManagementPort.of("/ops", "/ops/**"))
                .authorizeHttpRequests(requests -> byMethod(requests.requestMatchers(
                                "/ops/assets/**", ConsoleEntry.SIGN_IN, ConsoleEntry.SIGN_IN + "/**", "/ops/sign-out")
                        .permitAll()))
                .formLogin(form -> form.loginPage(ConsoleEntry.SIGN_IN)
                        .successHandler(signInResult)
                        .failureHandler(signInResult))
                .logout(logout ->
                        logout.logoutUrl("/ops/sign-out").logoutSuccessUrl(ConsoleEntry.SIGN_IN + "?signed-out"))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()))
                .build();
    }

    private static void byMethod(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.requestMatchers(HttpMethod.GET)
                .hasRole("VIEWER")
                .requestMatchers(HttpMethod.HEAD)
                .hasRole("VIEWER")
                .anyRequest()
                .hasRole("OPERATOR");
    }

    private HttpSecurity common(HttpSecurity http) throws Exception {
        return http.authenticationProvider(passwords)
                .securityContext(context -> context.securityContextRepository(sessions))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(entry).accessDeniedHandler(entry))
                .headers(this::headers);
    }

    private void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .httpStrictTransportSecurity(transport -> transport.requestMatcher(cookies::isHttps));
    }

    private CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(https ? "__Host-attache-csrf" : "attache-csrf");
        tokens.setCookiePath(https ? "/" : "/ops");
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        if (https) {
            tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax").secure(true));
        }
        return tokens;
    }
}

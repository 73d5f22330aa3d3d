package dev.attache.console.access;

import dev.attache.console.ConsoleProblems;
import dev.attache.gateway.ClientAddresses;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
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

    private static final String SIGN_IN_AT_PROVIDER = ConsoleEntry.SIGN_IN + "/start";

    private final Sessions sessions;

    private final PasswordAuthentication passwords;

    private final Oidc oidc;

    private final SignInResult signInResult;

    private final ConsoleProblems problems;

    private final ConsoleEntry entry;

    private final ClientAddresses addresses;

    private final ConsoleCookies cookies;

    private final @Nullable URI publicUrl;

    /** Signing in at providers. */
    record Oidc(OidcProviders providers, AuthorizationCookies requests, OidcOperators operators) {}

    ConsoleChains(
            Sessions sessions,
            PasswordAuthentication passwords,
            Oidc oidc,
            SignInResult signInResult,
            ConsoleProblems problems,
            ClientAddresses addresses,
            ConsoleCookies cookies,
            @Nullable URI publicUrl) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.oidc = oidc;
        this.signInResult = signInResult;
        this.problems = problems;
        this.entry = new ConsoleEntry(problems);
        this.addresses = addresses;
        this.cookies = cookies;
        this.publicUrl = publicUrl;
    }

    SecurityFilterChain api(HttpSecurity http) throws Exception {
        return common(http, sessions.readOnly())
                .securityMatcher(ManagementPort.of("/ops/api", "/ops/api/**"))
                .authorizeHttpRequests(ConsoleChains::byMethod)
                .httpBasic(
                        basic -> basic.authenticationEntryPoint(entry).authenticationDetailsSource(addresses::client))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens())
                        .ignoringRequestMatchers(request -> request.getHeader(HttpHeaders.AUTHORIZATION) != null))
                .addFilterBefore(new ForeignRequestFilter(problems, publicUrl), BasicAuthenticationFilter.class)
                .logout(logout -> logout.disable())
                .build();
    }

    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        common(http, sessions)
                .securityMatcher(ManagementPort.of("/ops", "/ops/**"))
                .authorizeHttpRequests(requests -> byMethod(requests.requestMatchers(
                                "/ops/assets/**", ConsoleEntry.SIGN_IN, ConsoleEntry.SIGN_IN + "/**", "/ops/sign-out")
                        .permitAll()))
                .formLogin(form -> form.loginPage(ConsoleEntry.SIGN_IN)
                        .authenticationDetailsSource(addresses::client)
                        .successHandler(signInResult)
                        .failureHandler(signInResult))
                .logout(logout -> logout.logoutUrl("/ops/sign-out")
                        .addLogoutHandler(signInResult)
                        .logoutSuccessHandler(signInResult))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()));
        if (!oidc.providers().choices().isEmpty()) {
            http.oauth2Login(this::atProvider);
        }
        return http.build();
    }

    private void atProvider(OAuth2LoginConfigurer<HttpSecurity> login) {
        login.loginPage(ConsoleEntry.SIGN_IN)
                .clientRegistrationRepository(oidc.providers())
                .authorizedClientRepository(new NoAuthorizedClients())
                .authorizationEndpoint(
                        start -> start.baseUri(SIGN_IN_AT_PROVIDER).authorizationRequestRepository(oidc.requests()))
                .redirectionEndpoint(end -> end.baseUri(OidcProviders.RETURN + "*"))
                .userInfoEndpoint(info -> info.oidcUserService(oidc.operators()))
                .successHandler(signInResult)
                .failureHandler(signInResult)
                .addObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {

                    @Override
                    public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                        filter.setAuthenticationFailureHandler(signInResult);
                        return filter;
                    }
                });
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

    private HttpSecurity common(HttpSecurity http, SecurityContextRepository contexts) throws Exception {
        // The user of the actuator is none of the console, whatever roles it has.
        http.getSharedObject(AuthenticationManagerBuilder.class).parentAuthenticationManager(null);
        return http.authenticationProvider(passwords)
                .securityContext(context -> context.securityContextRepository(contexts))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(entry).accessDeniedHandler(entry))
                .addFilterBefore(new BodyLimitFilter(problems), CsrfFilter.class)
                .headers(this::headers);
    }

    private void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .httpStrictTransportSecurity(transport -> transport.requestMatcher(cookies::isHttps));
    }

    private CookieCsrfTokenRepository csrfTokens() {
        boolean https = cookies.isPublicHttps();
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(https ? "__Host-attache-csrf" : "attache-csrf");
        tokens.setCookiePath(https ? "/" : "/ops");
        tokens.setHeaderName("X-CSRF-TOKEN");
        // Otherwise it is secure if the request is.
        tokens.setCookieCustomizer(
                https ? cookie -> cookie.sameSite("Lax").secure(true) : cookie -> cookie.sameSite("Lax"));
        return tokens;
    }
}

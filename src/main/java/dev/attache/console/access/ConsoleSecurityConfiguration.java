package dev.attache.console.access;

import dev.attache.audit.AuditLog;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblems;
import dev.attache.console.ConsoleProperties;
import dev.attache.gateway.ClientAddresses;
import dev.attache.ledger.LedgerProperties;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.keys.KeysProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Access to {@code /ops} on the management port. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OAuth2ClientProperties.class, OidcProperties.class})
@ConditionalOnRole(Role.CONSOLE)
class ConsoleSecurityConfiguration {

    /** Read by the pages' S3 client, at the first sign-in. */
    @Lazy
    @Bean(defaultCandidate = false)
    Keys consoleKeys(
            KeysProperties keys,
            LedgerProperties ledger,
            @Qualifier("pageObjects") ConditionalObjects objects,
            Pause ledgerPause) {
        return keys.keys(objects, ledger.prefix(), ledgerPause);
    }

    @Bean
    PasswordUsers consolePasswordUsers(ConsoleProperties properties) {
        return new PasswordUsers(properties.users());
    }

    @Bean
    OidcProviders consoleProviders(OAuth2ClientProperties registrations, ConsoleProperties properties) {
        return new OidcProviders(registrations, properties.publicUrl());
    }

    @Bean
    SignInPage consoleSignInPage(ConsolePages pages, PasswordUsers users, OidcProviders providers) {
        return new SignInPage(pages, users, providers);
    }

    @Bean
    SignInAudit consoleSignInAudit(ObjectProvider<AuditLog> audit, Clock clock) {
        return new SignInAudit(audit::getObject, clock);
    }

    @Bean
    ConsoleCookies consoleCookies(ConsoleProperties properties) {
        return new ConsoleCookies(properties.isHttps());
    }

    @Bean
    Sessions consoleSessions(
            @Lazy @Qualifier("consoleKeys") Keys keys,
            ConsoleProperties properties,
            ConsoleCookies cookies,
            PasswordUsers users,
            Clock clock) {
        return new Sessions(new SignedTokens(keys, "session", properties.sessionLifetime(), clock), cookies, users);
    }

    @Bean
    ConsoleChains.Oidc consoleOidc(
            OidcProviders providers,
            OidcProperties properties,
            @Lazy @Qualifier("consoleKeys") Keys keys,
            ConsoleCookies cookies,
            Clock clock) {
        return new ConsoleChains.Oidc(
                providers,
                new AuthorizationCookies(
                        new SignedTokens(keys, "authorization", AuthorizationCookies.LIFETIME, clock), cookies),
                new OidcOperators(properties));
    }

    @Bean
    ConsoleChains consoleChains(
            Sessions sessions,
            PasswordUsers users,
            ConsoleChains.Oidc oidc,
            SignInPage signInPage,
            SignInAudit audit,
            ConsoleProblems problems,
            ClientAddresses addresses,
            ConsoleCookies cookies,
            ConsoleProperties properties) {
        return new ConsoleChains(
                sessions,
                new PasswordAuthentication(users, new SignInAttempts(System::nanoTime), audit),
                oidc,
                new SignInResult(signInPage, audit, addresses),
                problems,
                addresses,
                cookies,
                properties.publicUrl());
    }

    /** Scripts. */
    @Bean
    @Order(2)
    SecurityFilterChain consoleApi(HttpSecurity http, ConsoleChains chains) throws Exception {
        return chains.api(http);
    }

    /** People. */
    @Bean
    @Order(3)
    SecurityFilterChain consolePeople(HttpSecurity http, ConsoleChains chains) throws Exception {
        return chains.pages(http);
    }
}

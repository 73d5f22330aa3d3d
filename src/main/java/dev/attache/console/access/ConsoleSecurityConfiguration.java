package dev.attache.console.access;

import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblems;
import dev.attache.console.ConsoleProperties;
import dev.attache.ledger.LedgerProperties;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.keys.KeysProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Access to {@code /ops} on the management port. */
@Configuration(proxyBeanMethods = false)
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
    SignInPage consoleSignInPage(ConsolePages pages, PasswordUsers users) {
        return new SignInPage(pages, users);
    }

    @Bean
    ConsoleChains consoleChains(
            ConsoleProperties properties,
            @Lazy @Qualifier("consoleKeys") Keys keys,
            PasswordUsers users,
            SignInPage signInPage,
            ConsoleProblems problems,
            Clock clock) {
        ConsoleCookies cookies = new ConsoleCookies(properties.isHttps());
        return new ConsoleChains(
                new Sessions(new SignedTokens(keys, "session", properties.sessionLifetime(), clock), cookies, users),
                new PasswordAuthentication(users),
                new ConsoleEntry(problems),
                new SignInResult(signInPage),
                cookies,
                properties.isHttps());
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

package dev.attache.console;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the console needs in the application's context, where the security filter chains are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
@ConditionalOnRole(Role.CONSOLE)
class ConsoleConfiguration {

    @Bean
    ConsoleAssets consoleAssets() {
        return new ConsoleAssets();
    }

    @Bean
    ConsoleFormat consoleFormat(@Value("${attache.gateway.time-zone:UTC}") ZoneId zone, Clock clock) {
        return new ConsoleFormat(zone, clock);
    }

    @Bean
    ConsolePages consolePages(ConsoleAssets assets, ConsoleFormat format) {
        return new ConsolePages(assets.addresses(), format);
    }

    @Bean
    ConsoleProblems consoleProblems(ConsolePages pages) {
        return new ConsoleProblems(pages);
    }
}

package dev.attache.gateway.identity;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcesProperties;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The senders of pages, and their logos' origins. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.PAGES)
class PageIdentityConfiguration {

    @Bean
    ColorSheets colorSheets(SourcesProperties properties) {
        return new ColorSheets(properties.sources().values().stream()
                .map(source -> source.identity().color())
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    @Bean
    PageSenders pageSenders(SourcePolicies policies, ColorSheets colorSheets) {
        return new PageSenders(policies, colorSheets);
    }

    @Bean
    LogoOrigins logoOrigins(SourcesProperties properties) {
        return LogoOrigins.of(properties.sources().values().stream()
                .map(source -> source.identity().logo())
                .filter(Objects::nonNull)
                .toList());
    }
}

package dev.attache.source;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the sources may do. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourcesProperties.class)
public class SourceConfiguration {

    /**
     * Nobody may link to the ledger or the installation's keys, neither where they are by default nor where they have
     * been moved to.
     */
    @Bean
    SourcePolicies sourcePolicies(
            SourcesProperties properties,
            @Value("${attache.ledger.prefix:ledger/}") String ledgerPrefix,
            @Value("${attache.keys.prefix:attache-keys/}") String keysPrefix) {
        return new ConfiguredSources(properties, List.of("ledger/", ledgerPrefix, "attache-keys/", keysPrefix));
    }
}

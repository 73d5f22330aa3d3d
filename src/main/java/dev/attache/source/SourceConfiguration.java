package dev.attache.source;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The policies of the configured sources. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SourcesProperties.class, UploadStorageProperties.class})
public class SourceConfiguration {

    /**
     * No source may link to the ledger or to the keys of the installation: neither under their default prefixes nor
     * under the configured ones.
     */
    @Bean
    SourcePolicies sourcePolicies(
            SourcesProperties properties,
            UploadStorageProperties uploads,
            @Value("${attache.ledger.prefix:ledger/}") String ledgerPrefix,
            @Value("${attache.keys.prefix:attache-keys/}") String keysPrefix) {
        return new ConfiguredSources(
                properties, uploads.settings(), List.of("ledger/", ledgerPrefix, "attache-keys/", keysPrefix));
    }
}

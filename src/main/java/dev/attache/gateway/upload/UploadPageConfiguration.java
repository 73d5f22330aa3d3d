package dev.attache.gateway.upload;

import dev.attache.contract.value.PagePaths;
import dev.attache.gateway.GatewayProperties;
import dev.attache.gateway.PageSecurity;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The upload page: its service, and the security of its paths. */
@Configuration(proxyBeanMethods = false)
class UploadPageConfiguration {

    @Bean
    UploadPageService uploadPageService(
            @Qualifier("pageUploads") OpenUploads uploads,
            SourcePolicies policies,
            @Qualifier("pageCatalog") ObjectCatalog catalog,
            LinkSigner signer,
            Clock clock,
            GatewayProperties properties) {
        return new UploadPageService(uploads, policies, catalog, signer, clock, properties.uploadLinkLifetime());
    }

    /** Open to everyone who knows the page's address. */
    @Bean
    @Order(1)
    SecurityFilterChain uploadPages(HttpSecurity http) throws Exception {
        return PageSecurity.permitAll(http, PagePaths.UPLOAD + "**");
    }
}

package dev.attache.gateway.upload;

import dev.attache.gateway.GatewayProperties;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the upload page is made of. */
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
}

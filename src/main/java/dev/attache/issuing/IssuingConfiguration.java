package dev.attache.issuing;

import dev.attache.contract.value.PagePaths;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.link.DownloadLinks;
import dev.attache.link.LinkSigner;
import dev.attache.storage.ObjectCatalog;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What issues links to objects. Pages use it as well: they announce the files that have arrived. */
@Configuration(proxyBeanMethods = false)
public class IssuingConfiguration {

    @Bean
    public DownloadLinks downloads(ObjectCatalog catalog, LinkSigner signer, Clock clock) {
        return new DownloadLinks(catalog, signer, clock);
    }

    @Bean
    public DownloadIssuer downloadIssuer(
            DownloadLinks downloads,
            DeliveryHashes hashes,
            PageTokens tokens,
            @Value("${attache.gateway.public-url}") URI publicUrl,
            Clock clock) {
        String pages = publicUrl.toASCIIString().replaceAll("/+$", "") + PagePaths.DOWNLOAD;
        return new DownloadIssuer(downloads, hashes, tokens, pages, clock);
    }
}

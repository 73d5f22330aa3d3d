package dev.attache.gateway;

import java.time.Clock;

import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkEndpoint;
import dev.attache.link.LinkSigner;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SourcePolicies;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What the pages are made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewayProperties.class, PageLimits.class})
class GatewayConfiguration {

    /** Behind Spring Boot's filters for encoding and metrics. */
    private static final int LIMITS = Ordered.HIGHEST_PRECEDENCE + 100;

    @Bean
    UploadDesk uploadDesk(@Qualifier("pageUploads") OpenUploads uploads, SourcePolicies policies,
            @Qualifier("pageCatalog") ObjectCatalog catalog, LinkSigner signer, Clock clock, GatewayProperties properties) {
        return new UploadDesk(uploads, policies, catalog, signer, clock, properties.uploadLinkLifetime());
    }

    @Bean
    PageWriter pageWriter(GatewayProperties properties) {
        return new PageWriter(new Templates("pages", "pages"), new Languages(properties.defaultLocale()),
                properties.timeZone());
    }

    /** The page may send where links lead to. */
    @Bean
    FilterRegistrationBean<PageHeaders> pageHeaders(LinkEndpoint endpoint) {
        FilterRegistrationBean<PageHeaders> registration =
                new FilterRegistrationBean<>(new PageHeaders(StorageOrigins.of(endpoint.storage())));
        registration.addUrlPatterns("/u/*");
        // Before the limits, whose answers have these headers too.
        registration.setOrder(LIMITS - 1);
        return registration;
    }

    /** Before all that costs anything, and for all that is on the port of the pages. */
    @Bean
    FilterRegistrationBean<PageLimitFilter> pageLimitFilter(PageLimits limits, PageWriter pages, MeterRegistry meters, Clock clock) {
        FilterRegistrationBean<PageLimitFilter> registration = new FilterRegistrationBean<>(new PageLimitFilter(limits.concurrent(),
                new ClientAddresses(limits.proxies()), new ClientRates(limits.requestsPerMinute(), limits.clients(), System::nanoTime),
                new PageRefusals(pages, meters, clock), System::nanoTime));
        registration.setOrder(LIMITS);
        return registration;
    }
}

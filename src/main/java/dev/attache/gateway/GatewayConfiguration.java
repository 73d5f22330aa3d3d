package dev.attache.gateway;

import dev.attache.contract.value.PagePaths;
import dev.attache.link.LinkEndpoint;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
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
    PageWriter pageWriter(GatewayProperties properties) {
        return new PageWriter(
                new Templates("pages", "pages"), new Languages(properties.defaultLocale()), properties.timeZone());
    }

    /** The page may send where links lead to. */
    @Bean
    FilterRegistrationBean<PageHeaders> pageHeaders(LinkEndpoint endpoint) {
        FilterRegistrationBean<PageHeaders> registration =
                new FilterRegistrationBean<>(new PageHeaders(StorageOrigins.of(endpoint.storage())));
        registration.addUrlPatterns(PagePaths.UPLOAD + "*");
        // Before the limits, whose answers have these headers too.
        registration.setOrder(LIMITS - 1);
        return registration;
    }

    /** Before all that costs anything, and for all that is on the port of the pages. */
    @Bean
    FilterRegistrationBean<PageLimitFilter> pageLimitFilter(
            PageLimits limits, PageWriter pages, MeterRegistry meters, Clock clock) {
        FilterRegistrationBean<PageLimitFilter> registration = new FilterRegistrationBean<>(new PageLimitFilter(
                limits.concurrent(),
                new ClientAddresses(limits.proxies()),
                new ClientRates(limits.requestsPerMinute(), limits.clients(), System::nanoTime),
                new PageRefusals(pages, meters, clock),
                System::nanoTime));
        registration.setOrder(LIMITS);
        return registration;
    }
}

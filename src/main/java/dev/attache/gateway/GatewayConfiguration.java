package dev.attache.gateway;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The parts that all kinds of pages share. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewayProperties.class, PageLimits.class})
class GatewayConfiguration {

    /** The order of the limit filter: after Spring Boot's filters for encoding and metrics. */
    static final int LIMITS = Ordered.HIGHEST_PRECEDENCE + 100;

    @Bean
    @ConditionalOnRole(Role.PAGES)
    PageWriter pageWriter(GatewayProperties properties) {
        return new PageWriter(
                new Templates("pages", "pages"),
                new Languages(properties.defaultLocale()),
                properties.timeZone(),
                properties.publicUrl().getRawPath());
    }

    @Bean
    ClientAddresses clientAddresses(PageLimits limits) {
        return new ClientAddresses(limits.proxies());
    }

    /** Also for error pages, to which the server forwards the original request. */
    @Bean
    @ConditionalOnRole(Role.PAGES)
    FilterRegistrationBean<Filter> concreteTypeFilter() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) ->
                chain.doFilter(ConcreteTypeRequest.of((HttpServletRequest) request), response));
        registration.setName("concreteType");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Runs before all expensive filters, for every request to the port of the pages. */
    @Bean
    @ConditionalOnRole(Role.PAGES)
    FilterRegistrationBean<PageLimitFilter> pageLimitFilter(
            PageLimits limits, PageWriter pages, List<PageKind> kinds, MeterRegistry meters, Clock clock) {
        FilterRegistrationBean<PageLimitFilter> registration = new FilterRegistrationBean<>(new PageLimitFilter(
                limits.concurrent(),
                new ClientAddresses(limits.proxies()),
                new ClientRateLimiter(limits.requestsPerMinute(), limits.clients(), System::nanoTime),
                new PageRefusals(pages, meters, clock),
                kinds,
                System::nanoTime));
        registration.setOrder(LIMITS);
        return registration;
    }
}

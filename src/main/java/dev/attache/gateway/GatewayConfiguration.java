package dev.attache.gateway;

import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;

import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkSigner;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SourcePolicies;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What the pages are made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

    @Bean
    UploadDesk uploadDesk(OpenUploads uploads, SourcePolicies policies, ObjectCatalog catalog, LinkSigner signer,
            Clock clock, GatewayProperties properties) {
        return new UploadDesk(uploads, policies, catalog, signer, clock, properties.uploadLinkLifetime());
    }

    @Bean
    PageWriter pageWriter(GatewayProperties properties) {
        return new PageWriter(new Templates("pages", "pages"), new Languages(properties.defaultLocale()),
                properties.timeZone());
    }

    /** Links are signed for the public endpoint, or for the one that the worker itself talks to. */
    @Bean
    FilterRegistrationBean<PageHeaders> pageHeaders(Environment environment) {
        URI endpoint = Stream.of("attache.links.public-endpoint", "spring.cloud.aws.s3.endpoint",
                        "spring.cloud.aws.endpoint")
                .map(environment::getProperty)
                .filter(Objects::nonNull).filter(value -> !value.isBlank())
                .map(URI::create).findFirst().orElse(null);
        FilterRegistrationBean<PageHeaders> registration =
                new FilterRegistrationBean<>(new PageHeaders(StorageOrigins.of(endpoint)));
        registration.addUrlPatterns("/u/*");
        return registration;
    }
}

package dev.attache.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import dev.attache.link.LinkEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class GatewayConfigurationUnitTests {

    @Test
    void whatIsNotSetHasAMeaning() {
        GatewayProperties properties = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("attache.gateway", GatewayProperties.class);

        assertThat(properties.publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(properties.uploadLinkLifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"public-url,attache.acme.example", "public-url,ftp://acme.example", "upload-link-lifetime,10s",
            "upload-link-lifetime,13h", "default-locale,ja"})
    void whatIsWrongIsSaidWithTheNameOfTheSetting(String name, String value) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("attache.gateway." + name, value);

        BindException problem = catchThrowableOfType(BindException.class,
                () -> new Binder(source).bindOrCreate("attache.gateway", GatewayProperties.class));

        assertThat(NestedExceptionUtils.getMostSpecificCause(problem).getMessage()).contains("attache.gateway." + name);
    }

    @Test
    void thePageMaySendWhereLinksLead() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        Objects.requireNonNull(new GatewayConfiguration()
                .pageHeaders(new LinkEndpoint(null, URI.create("http://127.0.0.1:9000"))).getFilter())
                .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());

        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("connect-src 'self' http://127.0.0.1:9000;");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://localhost:9000          | http://localhost:9000 http://*.localhost:9000
            http://127.0.0.1:9000          | http://127.0.0.1:9000
            https://attache.acme.example/s3/ | https://attache.acme.example https://*.attache.acme.example
            """)
    void thePageMaySendToThePublicEndpointAndItsBuckets(URI endpoint, String origins) {
        assertThat(String.join(" ", StorageOrigins.of(endpoint))).isEqualTo(origins);
    }
}

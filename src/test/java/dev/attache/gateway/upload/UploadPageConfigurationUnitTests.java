package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attache.gateway.identity.LogoOrigins;
import dev.attache.link.LinkOrigins;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class UploadPageConfigurationUnitTests {

    private static UploadPageProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("attache.gateway", UploadPageProperties.class);
    }

    @Test
    void linksLiveFiveMinutesByDefault() {
        assertThat(bind(Map.of()).uploadLinkLifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10s", "13h"})
    void aLinkLifetimeOutsideItsLimitsIsRefusedByName(String lifetime) {
        BindException problem = catchThrowableOfType(
                BindException.class, () -> bind(Map.of("attache.gateway.upload-link-lifetime", lifetime)));

        assertThat(NestedExceptionUtils.getMostSpecificCause(problem))
                .hasMessageContaining("attache.gateway.upload-link-lifetime");
    }

    @Test
    void thePageMayConnectToTheStorage() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        Objects.requireNonNull(new UploadPageConfiguration()
                        .uploadPageHeaders(
                                new LinkOrigins(List.of("http://127.0.0.1:9000")), new LogoOrigins(List.of()))
                        .getFilter())
                .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());

        assertThat(response.getHeader("Content-Security-Policy")).contains("connect-src 'self' http://127.0.0.1:9000;");
    }
}

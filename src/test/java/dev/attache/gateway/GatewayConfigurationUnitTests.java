package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attache.gateway.upload.Counter;
import dev.attache.link.LinkEndpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
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

class GatewayConfigurationUnitTests {

    @Test
    void whatIsNotSetHasAMeaning() {
        GatewayProperties properties = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("attache.gateway", GatewayProperties.class);

        assertThat(properties.publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(properties.uploadLinkLifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "public-url,attache.acme.example",
        "public-url,ftp://acme.example",
        "upload-link-lifetime,10s",
        "upload-link-lifetime,13h",
        "default-locale,ja"
    })
    void whatIsWrongIsSaidWithTheNameOfTheSetting(String name, String value) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("attache.gateway." + name, value);

        BindException problem = catchThrowableOfType(
                BindException.class, () -> new Binder(source).bindOrCreate("attache.gateway", GatewayProperties.class));

        assertThat(NestedExceptionUtils.getMostSpecificCause(problem).getMessage())
                .contains("attache.gateway." + name);
    }

    @Test
    void thePageMaySendWhereLinksLead() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        Objects.requireNonNull(new GatewayConfiguration()
                        .pageHeaders(new LinkEndpoint(null, URI.create("http://127.0.0.1:9000")))
                        .getFilter())
                .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());

        assertThat(response.getHeader("Content-Security-Policy")).contains("connect-src 'self' http://127.0.0.1:9000;");
    }

    private Instant now = Counter.NOW;

    private int status(PageLimitFilter filter) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/u/" + Counter.PAGE);
        request.setServletPath("/u/" + Counter.PAGE);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    private PageLimitFilter limits(int perMinute) {
        Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        return Objects.requireNonNull(new GatewayConfiguration()
                .pageLimitFilter(
                        new PageLimits(50, perMinute, 100, List.of()),
                        Counter.pages(),
                        new SimpleMeterRegistry(),
                        clock)
                .getFilter());
    }

    /** The worker's clock is corrected by S3's, and goes back when the correction ends. */
    @Test
    void aClientMayGoOnAfterTheClockJumpedAheadAndBack() throws Exception {
        PageLimitFilter filter = limits(600);
        now = now.plus(Duration.ofHours(1));
        int requests = 0;
        while (status(filter) != 429) {
            assertThat(++requests).isLessThan(100_000);
        }

        now = now.minus(Duration.ofHours(1));

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status(filter) != 429);
    }

    @Test
    void aClockThatJumpsAheadGivesNoFurtherRequests() throws Exception {
        PageLimitFilter filter = limits(1);
        assertThat(status(filter)).isEqualTo(200);

        now = now.plus(Duration.ofHours(1));

        assertThat(status(filter)).isEqualTo(429);
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

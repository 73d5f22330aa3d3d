package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
    void settingsHaveDefaults() {
        GatewayProperties properties = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("attache.gateway", GatewayProperties.class);

        assertThat(properties.publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
    }

    @ParameterizedTest
    @CsvSource({"public-url,attache.acme.example", "public-url,ftp://acme.example", "default-locale,ja"})
    void anInvalidSettingIsRefusedByName(String name, String value) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("attache.gateway." + name, value);

        BindException problem = catchThrowableOfType(
                BindException.class, () -> new Binder(source).bindOrCreate("attache.gateway", GatewayProperties.class));

        assertThat(NestedExceptionUtils.getMostSpecificCause(problem).getMessage())
                .contains("attache.gateway." + name);
    }

    private Instant now = Instant.parse("2026-11-21T09:00:00Z");

    private int status(PageLimitFilter filter) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", TestPages.PAGE);
        request.setServletPath(TestPages.PAGE);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    private PageLimitFilter limits(int perMinute) {
        Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        return Objects.requireNonNull(new GatewayConfiguration()
                .pageLimitFilter(
                        new PageLimits(50, perMinute, 100, List.of()),
                        TestPages.writer(),
                        List.of(TestPages.KIND),
                        new SimpleMeterRegistry(),
                        clock)
                .getFilter());
    }

    /** The application's clock is adjusted to the clock of S3; when the adjustment ends, it is set back. */
    @Test
    void aClientGetsPermitsAgainAfterTheClockJumpedAheadAndBack() throws Exception {
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
    void aClockThatJumpsAheadGrantsNoPermits() throws Exception {
        PageLimitFilter filter = limits(1);
        assertThat(status(filter)).isEqualTo(200);

        now = now.plus(Duration.ofHours(1));

        assertThat(status(filter)).isEqualTo(429);
    }
}

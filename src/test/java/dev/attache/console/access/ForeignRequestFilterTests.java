package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.console.ConsoleFormat;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblems;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Which requests to the API a browser sends for another site. */
class ForeignRequestFilterTests {

    private final ForeignRequestFilter filter = new ForeignRequestFilter(
            new ConsoleProblems(new ConsolePages(Map.of(), new ConsoleFormat(ZoneOffset.UTC, Clock.systemUTC()))),
            URI.create("https://ops.example"));

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private final MockFilterChain chain = new MockFilterChain();

    private static MockHttpServletRequest request(String header, String value) {
        var request = new MockHttpServletRequest("POST", "/ops/api/tasks");
        request.addHeader("Host", "worker:8081");
        request.addHeader("Authorization", "Basic b3BlcmF0b3I6b3BlcmF0b3I=");
        request.addHeader(header, value);
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example",
                "null",
                "http://worker",
                "http://worker:8082",
                "https://ops.example.evil"
            })
    void aPasswordThatABrowserSendsForAnotherOriginIsRefused(String origin) throws Exception {
        filter.doFilter(request("Origin", origin), response, chain);

        assertThat(chain.getRequest()).isNull();
        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getContentAsString()).contains("\"code\":\"FORGED\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ops.example", "http://worker:8081", "https://worker:8081"})
    void aPasswordThatABrowserSendsForTheConsoleIsAccepted(String origin) throws Exception {
        filter.doFilter(request("Origin", origin), response, chain);

        assertThat(chain.getRequest()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void whatABrowserCallsForeignIsRefused(String site) throws Exception {
        filter.doFilter(request("Sec-Fetch-Site", site), response, chain);

        assertThat(chain.getRequest()).isNull();
        assertThat(response.getContentAsString()).contains("\"code\":\"FORGED\"");
    }

    @Test
    void aScriptStatesNothingAndIsAccepted() throws Exception {
        filter.doFilter(request("Accept", "*/*"), response, chain);

        assertThat(chain.getRequest()).isNotNull();
    }
}

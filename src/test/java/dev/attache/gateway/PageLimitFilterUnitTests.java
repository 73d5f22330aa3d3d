package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class PageLimitFilterUnitTests {

    private static final int CONCURRENT = 2;

    private static final int PER_MINUTE = 3;

    private static final FilterChain REACHED = (request, response) -> ((HttpServletResponse) response).setStatus(204);

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final PageLimitFilter filter = new PageLimitFilter(
            CONCURRENT,
            new ClientAddresses(List.of()),
            new ClientRateLimiter(PER_MINUTE, 100, () -> 0),
            new PageRefusals(TestPages.writer(), meters, clock),
            List.of(TestPages.KIND),
            () -> 0);

    private static MockHttpServletRequest request(String path, String language) {
        MockHttpServletRequest request = new MockHttpServletRequest(path.endsWith("/sign") ? "POST" : "GET", path);
        request.setServletPath(path);
        request.addHeader("Accept-Language", language);
        return request;
    }

    private MockHttpServletResponse answer(String path, String language, FilterChain chain)
            throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request(path, language), response, chain);
        return response;
    }

    private MockHttpServletResponse answer(String path, String language) throws ServletException, IOException {
        return answer(path, language, REACHED);
    }

    private double refused(String reason) {
        return meters.get("attache.pages.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    /** Spring's filters ask for the locale, and the JDK caches every locale. */
    @Test
    void noLocaleIsCreatedFromAnInventedLanguage() throws Exception {
        List<Locale> locales = new ArrayList<>();

        answer(TestPages.PAGE, "de-x-invented", (request, response) -> {
            locales.add(request.getLocale());
            locales.addAll(Collections.list(request.getLocales()));
        });

        assertThat(locales).containsExactly(Locale.ENGLISH, Locale.ENGLISH);
    }

    @Test
    void clientsThatReceiveSlowlyDoNotBlockOthers() throws Exception {
        List<Integer> meanwhile = new ArrayList<>();
        MockHttpServletResponse slow = new MockHttpServletResponse() {

            @Override
            public ServletOutputStream getOutputStream() {
                ((NestedCall) () -> answer(
                                "/assets/pages.css",
                                "en",
                                (first, second) ->
                                        answer("/assets/pages.css", "en", (third, fourth) -> meanwhile.add(1))))
                        .run();
                return super.getOutputStream();
            }
        };

        filter.doFilter(
                request("/assets/upload.js", "en"),
                slow,
                (request, response) -> response.getOutputStream().write('x'));

        assertThat(meanwhile).containsExactly(1);
        assertThat(slow.getContentAsString()).isEqualTo("x");
    }

    /** The answer to one request more than may be handled concurrently. */
    private MockHttpServletResponse answerWhileBusy(String path, String language) throws ServletException, IOException {
        List<MockHttpServletResponse> inner = new ArrayList<>();
        answer(
                "/assets/pages.css",
                "en",
                (first, second) ->
                        answer("/assets/pages.css", "en", (third, fourth) -> inner.add(answer(path, language))));
        return inner.getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | lang="en-GB" | This does not work right now
        de-AT | lang="de-AT" | Das geht gerade nicht
        pt-BR | lang="pt-BR" | Não é possível agora
        """)
    void whenBusyPeopleGetANoticeInTheirLanguage(String language, String lang, String text) throws Exception {
        MockHttpServletResponse response = answerWhileBusy(TestPages.PAGE, language);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("10");
        assertThat(response.getContentType()).isEqualTo("text/html;charset=UTF-8");
        assertThat(response.getContentAsString()).contains(lang, text);
        assertThat(refused("busy")).isEqualTo(1);
    }

    @Test
    void whenBusyScriptsGetAProblem() throws Exception {
        JsonNode problem = JsonMapper.shared()
                .readTree(answerWhileBusy(TestPages.SCRIPT_CALL, "en").getContentAsByteArray());

        assertThat(problem.path("code").asString()).isEqualTo("TRY_AGAIN");
        assertThat(problem.path("status").asInt()).isEqualTo(503);
    }

    @Test
    void aPermitIsReleasedAfterAnException() throws Exception {
        for (int i = 0; i < 3 * CONCURRENT; i++) {
            assertThatThrownBy(() -> answer("/assets/pages.css", "en", (request, response) -> {
                        throw new IOException("gone");
                    }))
                    .hasMessage("gone");
        }

        assertThat(answer("/assets/pages.css", "en").getStatus()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en | Too many requests
        de | Zu viele Anfragen
        fr | Trop de requêtes
        es | Demasiadas peticiones
        pt | Muitas solicitações
        """)
    void aboveTheRatePeopleGetANoticeInTheirLanguage(String language, String text) throws Exception {
        for (int i = 0; i < PER_MINUTE; i++) {
            assertThat(answer(TestPages.PAGE, language).getStatus()).isEqualTo(204);
        }

        MockHttpServletResponse response = answer(TestPages.PAGE, language);

        assertThat(response.getStatus()).isEqualTo(429);
        assertThat(response.getHeader("Retry-After")).isEqualTo("20");
        assertThat(response.getContentAsString()).contains(text).doesNotContain("??");
        assertThat(refused("client-rate")).isEqualTo(1);
    }

    @Test
    void aboveTheRateScriptsGetAProblem() throws Exception {
        for (int i = 0; i < PER_MINUTE; i++) {
            answer(TestPages.PAGE, "en");
        }

        MockHttpServletResponse response = answer(TestPages.SCRIPT_CALL, "de");

        assertThat(response.getStatus()).isEqualTo(429);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(response.getContentAsByteArray());
        assertThat(problem.path("code").asString()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(problem.path("detail").asString()).contains("Anfragen");
    }

    @Test
    void theRateAppliesToPagesOnly() throws Exception {
        for (int i = 0; i < 10 * PER_MINUTE; i++) {
            assertThat(answer("/assets/pages.css", "en").getStatus()).isEqualTo(204);
        }
    }

    @Test
    void refusalsAreLoggedOncePerMinuteWithTheSetting(CapturedOutput output) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            answer(TestPages.PAGE, "de-x-v" + i);
        }

        assertThat(output.toString().lines().filter(line -> line.contains("requests-per-minute")))
                .hasSize(1)
                .noneMatch(line -> line.contains(TestPages.PAGE));
    }
}

package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.gateway.upload.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.DelegatingServletInputStream;
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
            new ClientRates(PER_MINUTE, 100, () -> 0),
            new PageRefusals(Counter.pages(), meters, clock),
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

    /** A description of a file whose bytes come while all that is in {@code meanwhile} happens. */
    private static MockHttpServletRequest description(String client, Meanwhile meanwhile) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/u/" + Counter.PAGE + "/sign") {

            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(
                        new ByteArrayInputStream("{}".getBytes(StandardCharsets.US_ASCII)) {

                            @Override
                            public synchronized int read() {
                                int read = super.read();
                                if (read == '{') {
                                    meanwhile.run();
                                }
                                return read;
                            }
                        });
            }
        };
        request.setServletPath(request.getRequestURI());
        request.setContentType("application/json");
        request.setRemoteAddr(client);
        return request;
    }

    private interface Meanwhile {

        void go() throws ServletException, IOException;

        default void run() {
            try {
                go();
            } catch (ServletException | IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Sends descriptions, each while the one before it waits for its body, and at last does what is given. */
    private List<Integer> describeWithin(Deque<String> clients, Meanwhile last) throws ServletException, IOException {
        List<Integer> statuses = new ArrayList<>();
        MockHttpServletResponse response = new MockHttpServletResponse();
        String client = clients.poll();
        if (client == null) {
            last.go();
            return statuses;
        }
        boolean[] waited = {false};
        filter.doFilter(
                description(client, () -> {
                    waited[0] = true;
                    statuses.addAll(describeWithin(clients, last));
                }),
                response,
                REACHED);
        statuses.addFirst(response.getStatus());
        return waited[0]
                ? statuses
                : Stream.concat(statuses.stream(), describeWithin(clients, last).stream())
                        .toList();
    }

    /** Spring asks for it before any controller, and the JDK remembers every tag that a locale is made of. */
    @Test
    void noLocaleIsMadeOfWhatAVisitorInvents() throws Exception {
        List<Locale> locales = new ArrayList<>();

        answer("/u/" + Counter.PAGE, "de-x-invented", (request, response) -> {
            locales.add(request.getLocale());
            locales.addAll(Collections.list(request.getLocales()));
        });

        assertThat(locales).containsExactly(Locale.ENGLISH, Locale.ENGLISH);
    }

    @Test
    void whoWaitsForBodiesKeepsNobodyFromThePage() throws Exception {
        List<MockHttpServletResponse> page = new ArrayList<>();
        Deque<String> senders = new ArrayDeque<>(
                IntStream.range(0, CONCURRENT + 1).mapToObj(i -> "192.0.2." + i).toList());

        assertThat(describeWithin(senders, () -> page.add(answer("/u/" + Counter.PAGE, "en"))))
                .containsOnly(204);

        assertThat(page.getFirst().getStatus()).isEqualTo(204);
    }

    @Test
    void bodiesOfOneClientAreWaitedForUpToItsBound() throws Exception {
        assertThat(describeWithin(new ArrayDeque<>(List.of("192.0.2.1", "192.0.2.1", "192.0.2.2")), () -> {}))
                .containsExactly(204, 503, 204);
        assertThat(refused("waiting-bodies")).isOne();
        assertThat(describeWithin(new ArrayDeque<>(List.of("192.0.2.1")), () -> {}))
                .containsExactly(204);
    }

    @Test
    void bodiesOfAllClientsAreWaitedForUpToABound() throws Exception {
        Deque<String> senders = new ArrayDeque<>(IntStream.range(0, 4 * CONCURRENT + 1)
                .mapToObj(i -> "192.0.2." + i)
                .toList());

        assertThat(describeWithin(senders, () -> {}))
                .hasSize(4 * CONCURRENT + 1)
                .endsWith(503)
                .containsOnlyOnce(503);
    }

    @Test
    void whatWasSentIsHandedOn() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        filter.doFilter(
                description("192.0.2.1", () -> {}),
                response,
                (request, answer) ->
                        answer.getOutputStream().write(request.getInputStream().readAllBytes()));

        assertThat(response.getContentAsString()).isEqualTo("{}");
    }

    @Test
    void whoReceivesAnAnswerSlowlyKeepsNobodyFromThePage() throws Exception {
        List<Integer> meanwhile = new ArrayList<>();
        MockHttpServletResponse slow = new MockHttpServletResponse() {

            @Override
            public ServletOutputStream getOutputStream() {
                ((Meanwhile) () -> answer(
                                "/assets/upload.css",
                                "en",
                                (first, second) ->
                                        answer("/assets/upload.css", "en", (third, fourth) -> meanwhile.add(1))))
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

    /** What another request gets while as many as permitted are being handled. */
    private MockHttpServletResponse answerWhileBusy(String path, String language) throws ServletException, IOException {
        List<MockHttpServletResponse> inner = new ArrayList<>();
        answer(
                "/assets/upload.css",
                "en",
                (first, second) ->
                        answer("/assets/upload.css", "en", (third, fourth) -> inner.add(answer(path, language))));
        return inner.getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | lang="en-GB" | This does not work right now
        de-AT | lang="de-AT" | Das geht gerade nicht
        pt-BR | lang="pt-BR" | Não é possível agora
        """)
    void beyondTheBoundPeopleAreToldToComeBackInTheirLanguage(String language, String lang, String text)
            throws Exception {
        MockHttpServletResponse response = answerWhileBusy("/u/" + Counter.PAGE, language);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("10");
        assertThat(response.getContentType()).isEqualTo("text/html;charset=UTF-8");
        assertThat(response.getContentAsString()).contains(lang, text);
        assertThat(refused("busy")).isEqualTo(1);
    }

    @Test
    void beyondTheBoundProgramsGetAProblem() throws Exception {
        JsonNode problem = JsonMapper.shared()
                .readTree(answerWhileBusy("/u/" + Counter.PAGE + "/sign", "en").getContentAsByteArray());

        assertThat(problem.path("code").asString()).isEqualTo("TRY_AGAIN");
        assertThat(problem.path("status").asInt()).isEqualTo(503);
    }

    @Test
    void whatEndsMakesRoomHoweverItEnds() throws Exception {
        for (int i = 0; i < 3 * CONCURRENT; i++) {
            assertThatThrownBy(() -> answer("/assets/upload.css", "en", (request, response) -> {
                        throw new IOException("gone");
                    }))
                    .hasMessage("gone");
        }

        assertThat(answer("/assets/upload.css", "en").getStatus()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en | Too many requests
        de | Zu viele Anfragen
        fr | Trop de demandes
        es | Demasiadas solicitudes
        pt | Muitos pedidos de uma vez
        """)
    void overTheRatePeopleAreToldToWaitInTheirLanguage(String language, String text) throws Exception {
        for (int i = 0; i < PER_MINUTE; i++) {
            assertThat(answer("/u/" + Counter.PAGE, language).getStatus()).isEqualTo(204);
        }

        MockHttpServletResponse response = answer("/u/" + Counter.PAGE, language);

        assertThat(response.getStatus()).isEqualTo(429);
        assertThat(response.getHeader("Retry-After")).isEqualTo("20");
        assertThat(response.getContentAsString()).contains(text).doesNotContain("??");
        assertThat(refused("client-rate")).isEqualTo(1);
    }

    @Test
    void overTheRateProgramsGetAProblem() throws Exception {
        for (int i = 0; i < PER_MINUTE; i++) {
            answer("/u/" + Counter.PAGE, "en");
        }

        MockHttpServletResponse response = answer("/u/" + Counter.PAGE + "/sign", "de");

        assertThat(response.getStatus()).isEqualTo(429);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(response.getContentAsByteArray());
        assertThat(problem.path("code").asString()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(problem.path("detail").asString()).contains("Anfragen");
    }

    @Test
    void whatIsNoPageHasNoRate() throws Exception {
        for (int i = 0; i < 10 * PER_MINUTE; i++) {
            assertThat(answer("/assets/upload.css", "en").getStatus()).isEqualTo(204);
        }
    }

    @Test
    void refusalsAreOneLineAMinuteAndNameTheSetting(CapturedOutput output) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            answer("/u/" + Counter.PAGE, "de-x-v" + i);
        }

        assertThat(output.toString().lines().filter(line -> line.contains("requests-per-minute")))
                .hasSize(1)
                .noneMatch(line -> line.contains(Counter.PAGE));
    }
}

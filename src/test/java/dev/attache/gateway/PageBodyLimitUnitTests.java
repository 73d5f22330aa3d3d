package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Requests that wait for their bodies: how many may, and what they do not block. */
class PageBodyLimitUnitTests {

    private static final int CONCURRENT = 2;

    private static final int PER_MINUTE = 3;

    private static final FilterChain REACHED = (request, response) -> ((HttpServletResponse) response).setStatus(204);

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** A monotonic time. */
    private long nanoTime;

    private final PageLimitFilter filter = new PageLimitFilter(
            CONCURRENT,
            new ClientAddresses(List.of()),
            new ClientRateLimiter(PER_MINUTE, 100, () -> 0),
            new PageRefusals(TestPages.writer(), meters, clock),
            List.of(TestPages.KIND),
            () -> nanoTime);

    private MockHttpServletResponse pageAnswer() throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", TestPages.PAGE);
        request.setServletPath(TestPages.PAGE);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, REACHED);
        return response;
    }

    private double refused(String reason) {
        return meters.get("attache.pages.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    /** A script call that runs {@code duringBody} while its body is read. */
    private static MockHttpServletRequest scriptCall(String client, NestedCall duringBody) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", TestPages.SCRIPT_CALL) {

            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(
                        new ByteArrayInputStream("{}".getBytes(StandardCharsets.US_ASCII)) {

                            @Override
                            public synchronized int read() {
                                int read = super.read();
                                if (read == '{') {
                                    duringBody.run();
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

    /** Sends a script call per client, each while the previous one waits for its body; then makes the last call. */
    private List<Integer> scriptCallsWithin(Deque<String> clients, NestedCall last)
            throws ServletException, IOException {
        List<Integer> statuses = new ArrayList<>();
        MockHttpServletResponse response = new MockHttpServletResponse();
        String client = clients.poll();
        if (client == null) {
            last.call();
            return statuses;
        }
        boolean[] waited = {false};
        filter.doFilter(
                scriptCall(client, () -> {
                    waited[0] = true;
                    statuses.addAll(scriptCallsWithin(clients, last));
                }),
                response,
                REACHED);
        statuses.addFirst(response.getStatus());
        return waited[0]
                ? statuses
                : Stream.concat(statuses.stream(), scriptCallsWithin(clients, last).stream())
                        .toList();
    }

    @Test
    void requestsThatWaitForBodiesDoNotBlockPages() throws Exception {
        List<MockHttpServletResponse> page = new ArrayList<>();
        Deque<String> senders = new ArrayDeque<>(
                IntStream.range(0, CONCURRENT + 1).mapToObj(i -> "192.0.2." + i).toList());

        assertThat(scriptCallsWithin(senders, () -> page.add(pageAnswer()))).containsOnly(204);

        assertThat(page.getFirst().getStatus()).isEqualTo(204);
    }

    @Test
    void theNumberOfWaitingBodiesPerClientIsLimited() throws Exception {
        assertThat(scriptCallsWithin(new ArrayDeque<>(List.of("192.0.2.1", "192.0.2.1", "192.0.2.2")), () -> {}))
                .containsExactly(204, 503, 204);
        assertThat(refused("waiting-bodies")).isOne();
        assertThat(scriptCallsWithin(new ArrayDeque<>(List.of("192.0.2.1")), () -> {}))
                .containsExactly(204);
    }

    @Test
    void theTotalNumberOfWaitingBodiesIsLimited() throws Exception {
        Deque<String> senders = new ArrayDeque<>(IntStream.range(0, 4 * CONCURRENT + 1)
                .mapToObj(i -> "192.0.2." + i)
                .toList());

        assertThat(scriptCallsWithin(senders, () -> {}))
                .hasSize(4 * CONCURRENT + 1)
                .endsWith(503)
                .containsOnlyOnce(503);
    }

    /** Time passes while the body is read. */
    @Test
    void aSlowBodyIsAnsweredWithAProblem() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        filter.doFilter(
                scriptCall("192.0.2.1", () -> nanoTime = Duration.ofSeconds(6).toNanos()), response, REACHED);

        assertThat(response.getStatus()).isEqualTo(408);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).contains("\"code\":\"TOO_SLOW\"", "Your connection was too slow");
        assertThat(response.getHeader("Connection")).isEqualTo("close");
        assertThat(response.getHeader("Retry-After")).isEqualTo("10");
        assertThat(refused("slow-body")).isOne();
    }

    @Test
    void theBodyIsPassedOn() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        filter.doFilter(
                scriptCall("192.0.2.1", () -> {}),
                response,
                (request, answer) ->
                        answer.getOutputStream().write(request.getInputStream().readAllBytes()));

        assertThat(response.getContentAsString()).isEqualTo("{}");
    }
}

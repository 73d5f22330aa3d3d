package dev.attache.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests that are not handled: people with a page in their language, programs with a problem (RFC 9457), both
 * with {@code Retry-After}. Each answer is written once for each language, and kept.
 */
final class PageRefusals {

    private static final Logger log = LoggerFactory.getLogger(PageRefusals.class);

    private final JsonMapper json = JsonMapper.builder().build();

    private final Map<Answer, byte[]> answers = new ConcurrentHashMap<>();

    private final PageWriter pages;

    private final Map<Limit, ThrottledLog> lines = new EnumMap<>(Limit.class);

    private final Map<Limit, Counter> counters = new EnumMap<>(Limit.class);

    PageRefusals(PageWriter pages, MeterRegistry meters, Clock clock) {
        this.pages = pages;
        for (Limit limit : Limit.values()) {
            lines.put(limit, new ThrottledLog(log, clock));
            counters.put(limit, counter(meters, limit.reason));
        }
    }

    /** What a request was too much for. */
    enum Limit {
        CLIENT_RATE(
                UploadProblem.TOO_MANY_REQUESTS,
                "client-rate",
                "A client sent more requests for pages than attache.gateway.limits.requests-per-minute allows"),
        CONCURRENT(
                UploadProblem.TRY_AGAIN,
                "busy",
                "More requests for pages came at once than attache.gateway.limits.concurrent allows"),
        WAITING_BODIES(
                UploadProblem.TRY_AGAIN,
                "waiting-bodies",
                "More requests waited for their bodies than attache.gateway.limits.concurrent allows, of one client or"
                        + " of all");

        private final UploadProblem problem;

        private final String reason;

        private final String line;

        Limit(UploadProblem problem, String reason, String line) {
            this.problem = problem;
            this.reason = reason;
            this.line = line;
        }
    }

    private static Counter counter(MeterRegistry meters, String reason) {
        return Counter.builder("attache.pages.refused")
                .description("Requests for pages that were refused because of a limit")
                .tag("reason", reason)
                .register(meters);
    }

    /** The few answers that there are. */
    private record Answer(UploadProblem problem, Locale language, boolean forProgram) {}

    void refuse(Limit limit, Duration wait, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        UploadProblem problem = limit.problem;
        Objects.requireNonNull(counters.get(limit)).increment();
        Objects.requireNonNull(lines.get(limit)).warn(limit.line);
        boolean forProgram = request.getServletPath().endsWith("/sign");
        Locale language = pages.language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        byte[] body = answers.computeIfAbsent(new Answer(problem, language, forProgram), this::write);
        response.setStatus(problem.status().value());
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(wait.plusSeconds(1).minusNanos(1).toSeconds()));
        response.setContentType((forProgram ? MediaType.APPLICATION_PROBLEM_JSON : PageWriter.HTML).toString());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] write(Answer answer) {
        String language = answer.language().toLanguageTag();
        return answer.forProgram()
                ? json.writeValueAsBytes(
                        ProblemBody.of(answer.problem(), pages.sentence(answer.problem(), null, language)))
                : pages.notice(answer.problem(), null, "", language).getBytes(StandardCharsets.UTF_8);
    }
}

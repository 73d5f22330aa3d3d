package dev.attache.gateway;

import dev.attache.wording.Wording;
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
 * Answers requests that exceed a limit of number, rate or time: a page in the reader's language, or a problem (RFC
 * 9457) for a page's script, both with {@code Retry-After}. Each answer is rendered once per language and cached, so
 * that a refusal is cheap.
 */
final class PageRefusals {

    private static final Logger log = LoggerFactory.getLogger(PageRefusals.class);

    private final JsonMapper json = JsonMapper.builder().build();

    private final Map<Answer, byte[]> answers = new ConcurrentHashMap<>();

    private final PageWriter pages;

    private final Map<Limit, ThrottledLog> logs = new EnumMap<>(Limit.class);

    private final Map<Limit, Counter> counters = new EnumMap<>(Limit.class);

    PageRefusals(PageWriter pages, MeterRegistry meters, Clock clock) {
        this.pages = pages;
        for (Limit limit : Limit.values()) {
            logs.put(limit, new ThrottledLog(log, clock));
            counters.put(limit, counter(meters, limit.reason));
        }
    }

    /** The limit that a request exceeded. */
    enum Limit {
        CLIENT_RATE(
                CommonProblem.TOO_MANY_REQUESTS,
                "client-rate",
                "A client sent more page requests than attache.gateway.limits.requests-per-minute allows"),
        CONCURRENT(
                CommonProblem.TRY_AGAIN,
                "busy",
                "There were more concurrent page requests than attache.gateway.limits.concurrent allows"),
        BODY_TIME(
                CommonProblem.TOO_SLOW,
                "slow-body",
                "The body of a page request did not arrive in time, or its connection was lost"),
        WAITING_BODIES(
                CommonProblem.TRY_AGAIN,
                "waiting-bodies",
                "More page requests waited for their bodies than attache.gateway.limits.concurrent allows, of one"
                        + " client or in total");

        private final CommonProblem problem;

        private final String reason;

        private final String logLine;

        Limit(CommonProblem problem, String reason, String logLine) {
            this.problem = problem;
            this.reason = reason;
            this.logLine = logLine;
        }
    }

    private static Counter counter(MeterRegistry meters, String reason) {
        return Counter.builder("attache.pages.refused")
                .description("Page requests that were refused because of a limit")
                .tag("reason", reason)
                .register(meters);
    }

    /** Identifies a cached answer. */
    private record Answer(CommonProblem problem, Locale language, boolean forScript) {}

    /**
     * Writes the answer.
     *
     * @param forScript whether the page's script sent the request
     * @param retryAfter rounded up to whole seconds
     */
    void refuse(
            Limit limit,
            Duration retryAfter,
            boolean forScript,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        CommonProblem problem = limit.problem;
        Objects.requireNonNull(counters.get(limit)).increment();
        Objects.requireNonNull(logs.get(limit)).warn(limit.logLine);
        Locale language = pages.wording(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), null)
                .locale();
        byte[] body = answers.computeIfAbsent(new Answer(problem, language, forScript), this::write);
        response.setStatus(problem.status().value());
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(retryAfter.plusSeconds(1).minusNanos(1).toSeconds()));
        response.setContentType((forScript ? MediaType.APPLICATION_PROBLEM_JSON : PageWriter.HTML).toString());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] write(Answer answer) {
        Wording wording = pages.wording(answer.language().toLanguageTag(), null);
        return answer.forScript()
                ? json.writeValueAsBytes(ProblemBody.of(answer.problem(), pages.sentence(answer.problem(), wording)))
                : pages.notice(answer.problem(), wording).getBytes(StandardCharsets.UTF_8);
    }
}

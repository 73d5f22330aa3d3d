package dev.attache.gateway.error;

import dev.attache.gateway.CommonProblem;
import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageKind;
import dev.attache.gateway.PageOrigins;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.ProblemBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages for requests that no page answers: unknown addresses, unsupported methods, malformed requests and unexpected
 * failures. Each is rendered once per language, so that invalid requests are cheap.
 */
final class ErrorPages {

    /** The headers of each error page. A page's address may be part of the request, so it stays out of referrers. */
    static final Map<String, String> HEADERS = PageHeaders.of(PageOrigins.NONE);

    /** The methods of an address that can only be read. */
    private static final String READING = "GET, HEAD, OPTIONS";

    private record Key(CommonProblem problem, Locale language) {}

    private final Map<Key, byte[]> rendered = new ConcurrentHashMap<>();

    private final JsonMapper json = JsonMapper.builder().build();

    private final PageWriter pages;

    private final List<PageKind> kinds;

    /** @param kinds know which methods their paths allow, and which paths their scripts call */
    ErrorPages(PageWriter pages, List<PageKind> kinds) {
        this.pages = pages;
        this.kinds = List.copyOf(kinds);
    }

    /**
     * The methods that an address allows, as in {@code Allow}. Tomcat lists what a servlet of any address could do, and
     * Spring MVC leaves HEAD and OPTIONS out.
     */
    String allowedMethods(String path) {
        return kinds.stream()
                .map(kind -> kind.allowedMethods(path))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(READING);
    }

    /** Whether a page's script made this request, and so reads a problem (RFC 9457). */
    boolean isScriptCall(String method, String path) {
        return HttpMethod.POST.matches(method) && kinds.stream().anyMatch(kind -> kind.isScriptCall(path));
    }

    /** The problem as JSON in UTF-8; empty if scripts have no sentence for it. */
    Optional<byte[]> problem(int status, @Nullable String acceptLanguage) {
        CommonProblem problem = problem(status);
        return switch (problem) {
            case TOO_SLOW, TOO_MANY_REQUESTS, TRY_AGAIN ->
                Optional.of(json.writeValueAsBytes(
                        ProblemBody.of(problem, pages.sentence(problem, pages.wording(acceptLanguage, null)))));
            case NOT_FOUND, BAD_REQUEST -> Optional.empty();
        };
    }

    /**
     * The page for an answer with this status.
     *
     * @param status as {@link #status} returns it
     * @return HTML in UTF-8; the caller must not change it
     */
    byte[] page(int status, @Nullable String acceptLanguage) {
        CommonProblem problem = problem(status);
        Locale language = pages.wording(acceptLanguage, null).locale();
        return rendered.computeIfAbsent(new Key(problem, language), this::render);
    }

    /**
     * The status of the answer to an error. Addresses that no page has are denied; for the outside, they do not exist.
     */
    static int status(int error) {
        return error == HttpStatus.UNAUTHORIZED.value() || error == HttpStatus.FORBIDDEN.value()
                ? HttpStatus.NOT_FOUND.value()
                : error;
    }

    /** The problem that a person with this answer has. */
    private static CommonProblem problem(int status) {
        return switch (status) {
            case 404, 410 -> CommonProblem.NOT_FOUND;
            case 408 -> CommonProblem.TOO_SLOW;
            case 429 -> CommonProblem.TOO_MANY_REQUESTS;
            default -> status < 500 ? CommonProblem.BAD_REQUEST : CommonProblem.TRY_AGAIN;
        };
    }

    private byte[] render(Key key) {
        return pages.notice(key.problem(), pages.wording(key.language().toLanguageTag(), null))
                .getBytes(StandardCharsets.UTF_8);
    }
}

package dev.attache.gateway.error;

import dev.attache.gateway.CommonProblem;
import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageOrigins;
import dev.attache.gateway.PageWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Pages for requests that no page answers: unknown addresses, unsupported methods, malformed requests and unexpected
 * failures. Each is rendered once per language, so that invalid requests are cheap.
 */
final class ErrorPages {

    /** The headers of each error page. A page's address may be part of the request, so it stays out of referrers. */
    static final Map<String, String> HEADERS = PageHeaders.of(PageOrigins.NONE);

    private record Key(CommonProblem problem, Locale language) {}

    private final Map<Key, byte[]> rendered = new ConcurrentHashMap<>();

    private final PageWriter pages;

    ErrorPages(PageWriter pages) {
        this.pages = pages;
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
            case 429 -> CommonProblem.TOO_MANY_REQUESTS;
            default -> status < 500 ? CommonProblem.BAD_REQUEST : CommonProblem.TRY_AGAIN;
        };
    }

    private byte[] render(Key key) {
        return pages.notice(key.problem(), pages.wording(key.language().toLanguageTag(), null))
                .getBytes(StandardCharsets.UTF_8);
    }
}

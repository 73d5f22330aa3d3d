package dev.attache.console;

import dev.attache.console.api.ApiJson;
import dev.attache.console.api.ApiProblem;
import dev.attache.console.api.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Writes a problem as a page or, under {@code /ops/api}, as {@code application/problem+json} (RFC 9457). */
public final class ConsoleProblems {

    private static final String API = "/ops/api";

    private final ConsolePages pages;

    public ConsoleProblems(ConsolePages pages) {
        this.pages = pages;
    }

    /** Whether a script sent this request. */
    public static boolean isApi(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals(API) || path.startsWith(API + "/");
    }

    /** Writes the answer. */
    public void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String title, String detail)
            throws IOException {
        if (isApi(request)) {
            ApiJson.write(
                    response,
                    new ProblemDocument(
                            title,
                            status.value(),
                            detail.isEmpty() ? null : detail,
                            ApiProblem.of(status).name()));
            return;
        }
        byte[] body = page(request, title, detail);
        response.setStatus(status.value());
        response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Refuses a request to the API that did not come from a script or from a page of the console. */
    public void writeForged(HttpServletResponse response, String detail) throws IOException {
        ApiJson.write(response, ApiProblem.FORGED.document(detail));
    }

    private byte[] page(HttpServletRequest request, String title, String detail) {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        Operator operator = signedIn != null && signedIn.getPrincipal() instanceof Operator known ? known : null;
        return pages.page(request, "problem", title, operator, Map.of("detail", detail))
                .getBytes(StandardCharsets.UTF_8);
    }
}

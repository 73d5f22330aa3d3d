package dev.attache.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem as a page or, under {@code /ops/api}, as {@code application/problem+json} (RFC 9457). */
public final class ConsoleProblems {

    private static final String API = "/ops/api";

    private final JsonMapper json = JsonMapper.builder().build();

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
        byte[] body = isApi(request) ? problem(status, title, detail) : page(title, detail);
        response.setStatus(status.value());
        response.setContentType(
                isApi(request)
                        ? MediaType.APPLICATION_PROBLEM_JSON_VALUE
                        : MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] problem(HttpStatus status, String title, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status.value());
        if (!detail.isEmpty()) {
            problem.put("detail", detail);
        }
        return json.writeValueAsBytes(problem);
    }

    private byte[] page(String title, String detail) {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        Operator operator = signedIn != null && signedIn.getPrincipal() instanceof Operator known ? known : null;
        return pages.page("problem", title, operator, Map.of("detail", detail)).getBytes(StandardCharsets.UTF_8);
    }
}

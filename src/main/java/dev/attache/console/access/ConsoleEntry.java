package dev.attache.console.access;

import dev.attache.console.ConsoleProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** What a request gets that is not allowed: the sign-in page, 401 for scripts, or 403. */
final class ConsoleEntry implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String SIGN_IN = "/ops/sign-in";

    private final ConsoleProblems problems;

    ConsoleEntry(ConsoleProblems problems) {
        this.problems = problems;
    }

    /** Nobody is signed in, or the password was wrong. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof TooManyAttemptsException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tooMany.seconds()));
            problems.write(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Wait %d s, and send the right password".formatted(tooMany.seconds()),
                    "Too many wrong passwords were sent before.");
        } else if (ConsoleProblems.isApi(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Attache console\", charset=\"UTF-8\"");
            problems.write(
                    request,
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "Sign in with HTTP Basic, as a user of attache.console.users",
                    "");
        } else if (request.getHeader("HX-Request") != null) {
            // The page that polls is replaced by the sign-in page.
            response.setHeader("HX-Redirect", SIGN_IN + "?ended");
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, SIGN_IN + continuation(request));
        }
    }

    private static String continuation(HttpServletRequest request) {
        String query = request.getQueryString();
        String target = request.getRequestURI() + (query == null ? "" : "?" + query);
        return "GET".equals(request.getMethod()) && !target.equals(SignInTarget.HOME)
                ? "?continue=" + URLEncoder.encode(target, StandardCharsets.UTF_8)
                : "";
    }

    /** Somebody is signed in, but may not do this; or the form is old or forged. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        if (why instanceof CsrfException && ConsoleProblems.isApi(request)) {
            problems.writeForged(response, "Use HTTP Basic, or send the token of the session in X-CSRF-TOKEN");
        } else if (why instanceof CsrfException) {
            problems.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Nothing was done, because this form is no longer valid",
                    "Go back, reload the page, and try again.");
        } else {
            problems.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Nothing was done, because this needs the role operator",
                    "You are signed in as a viewer, who may read everything but change nothing.");
        }
    }
}

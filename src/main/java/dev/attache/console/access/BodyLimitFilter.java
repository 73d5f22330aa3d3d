package dev.attache.console.access;

import dev.attache.console.ConsoleProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the size of bodies, before anything reads one. Only who is signed in may send the body of a message; a request
 * with a password has no session yet, but nothing reads its body before the password is checked.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {

    /** In bytes: the form of the sign-in page. */
    static final int SMALL = 16 * 1024;

    /** In bytes: a message of 1 MiB ("Amazon SQS message quotas") in a form, where a byte may take three. */
    public static final int LARGE = 4 * 1024 * 1024;

    private final ConsoleProblems problems;

    BodyLimitFilter(ConsoleProblems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            refuse(request, response, HttpStatus.LENGTH_REQUIRED, "State the length of the body in Content-Length");
        } else if (request.getContentLengthLong() > limit(request)) {
            refuse(
                    request,
                    response,
                    HttpStatus.CONTENT_TOO_LARGE,
                    "The body is larger than %d bytes".formatted(limit(request)));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static int limit(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null
                        || SecurityContextHolder.getContext().getAuthentication() instanceof OperatorAuthentication
                ? LARGE
                : SMALL;
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String title)
            throws IOException {
        // The body is not read (RFC 9110, section 15.5.14).
        response.setHeader(HttpHeaders.CONNECTION, "close");
        problems.write(request, response, status, title, "");
    }
}

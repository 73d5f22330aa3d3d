package dev.attache.console.access;

import dev.attache.console.ConsoleProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests to the API that a browser sends for a page of another origin (W3C, "Fetch Metadata Request
 * Headers"). A browser that knows a password adds it to such a request, which then has no CSRF token to check.
 */
final class ForeignRequestFilter extends OncePerRequestFilter {

    /** The values for the same origin, and for an address that a person has typed. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final ConsoleProblems problems;

    ForeignRequestFilter(ConsoleProblems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site == null || OWN.contains(site)) {
            chain.doFilter(request, response);
        } else {
            problems.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Send the request from a script or from the console, not from another site",
                    "");
        }
    }
}

package dev.attache.console.access;

import dev.attache.console.ConsoleProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests to the API that a browser sends for a page of another origin (W3C, "Fetch Metadata Request Headers",
 * and RFC 6454). A browser that knows a password adds it to such a request, which then has no CSRF token to check.
 */
final class ForeignRequestFilter extends OncePerRequestFilter {

    /** The values for the same origin, and for an address that a person has typed. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final ConsoleProblems problems;

    private final @Nullable String publicOrigin;

    /** @param publicUrl the address at which browsers reach the console; null if that is the port itself */
    ForeignRequestFilter(ConsoleProblems problems, @Nullable URI publicUrl) {
        this.problems = problems;
        this.publicOrigin = publicUrl == null ? null : publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        if ((site == null || OWN.contains(site)) && !isOfAnotherOrigin(request)) {
            chain.doFilter(request, response);
        } else {
            problems.writeForged(response, "A browser sent the request for a page of another site");
        }
    }

    /**
     * Browsers send {@code Sec-Fetch-Site} to localhost and to addresses with HTTPS only, but {@code Origin} with each
     * request that changes something. A request without a password needs a CSRF token anyway.
     */
    private boolean isOfAnotherOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = request.getHeader(HttpHeaders.HOST);
        return origin != null
                && request.getHeader(HttpHeaders.AUTHORIZATION) != null
                && !origin.equals("http://" + host)
                && !origin.equals("https://" + host)
                && !origin.equals(publicOrigin);
    }
}

package dev.attache.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The headers of everything under {@code /u/}. The address itself is the secret: it is kept out of referrers, caches
 * and search engines, and the page can talk to nobody but this worker and the file's storage.
 */
public final class PageHeaders extends OncePerRequestFilter {

    private final String policy;

    /** @param storage the origins that files are sent to, as Content Security Policy (level 3) writes them */
    public PageHeaders(Collection<String> storage) {
        this.policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                + String.join(" ", storage) + "; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        chain.doFilter(request, response);
    }
}

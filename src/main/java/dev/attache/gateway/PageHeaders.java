package dev.attache.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the security headers of a kind of page. A page's address is a secret, so it is kept out of referrers, caches and
 * search engines. The Content Security Policy (level 3) lets the page load its own assets only, and connect to this
 * worker and the given origins only.
 */
public final class PageHeaders extends OncePerRequestFilter {

    private final String policy;

    /** @param origins the further origins that the page's script may connect to, as {@code connect-src} has them */
    public PageHeaders(Collection<String> origins) {
        this.policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                + String.join(" ", origins) + "; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    }

    /**
     * Registers the headers for all pages of a kind. They are set before the limits are checked, so refusals have them
     * too.
     */
    public static FilterRegistrationBean<PageHeaders> registration(PageKind kind, Collection<String> origins) {
        FilterRegistrationBean<PageHeaders> registration = new FilterRegistrationBean<>(new PageHeaders(origins));
        registration.setName("pageHeaders " + kind.path());
        registration.addUrlPatterns(kind.path() + "*");
        registration.setOrder(GatewayConfiguration.LIMITS - 1);
        return registration;
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

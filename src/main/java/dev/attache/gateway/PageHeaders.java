package dev.attache.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the security headers of a kind of page. A page's address is a secret, so it is kept out of referrers, caches and
 * search engines. The Content Security Policy (level 3) lets the page use its own assets, this worker and the given
 * origins only.
 */
public final class PageHeaders extends OncePerRequestFilter {

    private final Map<String, String> headers;

    public PageHeaders(PageOrigins origins) {
        this.headers = of(origins);
    }

    /**
     * Registers the headers for all pages of a kind. They are set before the limits are checked, so refusals have them
     * too.
     */
    public static FilterRegistrationBean<PageHeaders> registration(PageKind kind, PageOrigins origins) {
        FilterRegistrationBean<PageHeaders> registration = new FilterRegistrationBean<>(new PageHeaders(origins));
        registration.setName("pageHeaders " + kind.path());
        registration.addUrlPatterns(kind.path() + "*");
        registration.setOrder(GatewayConfiguration.LIMITS - 1);
        return registration;
    }

    private static String policy(PageOrigins origins) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src " + self(origins.images())
                + "; connect-src " + self(origins.scripts()) + "; form-action "
                + (origins.forms().isEmpty() ? "'none'" : self(origins.forms()))
                + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /**
     * The headers of a page with these origins. A page without origins for its forms has no form: browsers apply
     * {@code form-action} to redirects too, so a page whose form leads to S3 must name S3.
     */
    public static Map<String, String> of(PageOrigins origins) {
        return Map.of(
                "Content-Security-Policy", policy(origins),
                "Referrer-Policy", "no-referrer",
                "X-Robots-Tag", "noindex",
                "X-Content-Type-Options", "nosniff",
                "Cache-Control", "no-store");
    }

    private static String self(Collection<String> more) {
        return more.isEmpty() ? "'self'" : "'self' " + String.join(" ", more);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers.forEach(response::setHeader);
        chain.doFilter(request, response);
    }
}

package dev.attache.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches requests that change something and that a browser sends for a page of another origin (W3C, "Fetch Metadata
 * Request Headers"). Scripts do not send the header {@code Sec-Fetch-Site}, and no page of any site can remove it.
 */
final class ForgedRequestMatcher implements RequestMatcher {

    private static final Set<String> READ_ONLY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** The values for the same origin, and for an address that the user has typed. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    public boolean matches(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return !READ_ONLY.contains(request.getMethod()) && site != null && !OWN.contains(site);
    }
}

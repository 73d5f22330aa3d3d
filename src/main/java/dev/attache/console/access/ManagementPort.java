package dev.attache.console.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Matches requests for some paths at the management port, and never at the port of the pages. */
final class ManagementPort implements RequestMatcher {

    private final List<PathPatternRequestMatcher> paths;

    private ManagementPort(List<PathPatternRequestMatcher> paths) {
        this.paths = paths;
    }

    static RequestMatcher of(String... patterns) {
        return new ManagementPort(Arrays.stream(patterns)
                .map(pattern -> PathPatternRequestMatcher.withDefaults().matcher(pattern))
                .toList());
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        if (paths.stream().noneMatch(path -> path.matches(request))) {
            return false;
        }
        WebApplicationContext context =
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext());
        return WebServerApplicationContext.hasServerNamespace(context, "management");
    }
}

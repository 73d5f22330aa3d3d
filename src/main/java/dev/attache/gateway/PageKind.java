package dev.attache.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * A kind of page, such as the upload page. The client rate applies to its requests. Each kind is a bean.
 *
 * @param path the common start of its paths, such as {@code /u/}
 * @param scriptSuffixes the ends of the paths that the page's script calls by POST with a small JSON body. They get
 *     problems as JSON (RFC 9457); all other requests get a page
 */
public record PageKind(String path, Set<String> scriptSuffixes) {

    /** Whether the request is for a page of this kind. */
    boolean matches(HttpServletRequest request) {
        // The path as the server maps it: decoded, without parameters and double slashes.
        return request.getServletPath().startsWith(path);
    }

    /** Whether the request is one of the page's script. */
    boolean isScriptCall(HttpServletRequest request) {
        return matches(request)
                && scriptSuffixes.stream()
                        .anyMatch(suffix -> request.getServletPath().endsWith(suffix));
    }

    /** Whether the body is read before the request is handled. Forms, which can have any size, are refused unread. */
    boolean hasJsonBody(HttpServletRequest request) {
        return "POST".equals(request.getMethod())
                && isScriptCall(request)
                && RequestBodies.isJson(request.getContentType());
    }
}

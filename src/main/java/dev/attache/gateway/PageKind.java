package dev.attache.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of page, such as the upload page. The client rate applies to its requests. Each kind is a bean.
 *
 * @param path the common start of its paths, such as {@code /u/}
 * @param scriptSuffixes the ends of the paths that the page's script calls by POST with a small JSON body. They get
 *     problems as JSON (RFC 9457); all other requests get a page
 * @param hasForms whether it has small forms, which are sent by POST and URL-encoded
 */
public record PageKind(String path, Set<String> scriptSuffixes, boolean hasForms) {

    /** Whether the request is for a page of this kind. */
    boolean matches(HttpServletRequest request) {
        // The path as the server maps it: decoded, without parameters and double slashes.
        return request.getServletPath().startsWith(path);
    }

    /** The methods that a path allows, as in {@code Allow}; empty if it is not of this kind. */
    public Optional<String> allowedMethods(String requested) {
        if (!requested.startsWith(path)) {
            return Optional.empty();
        }
        return Optional.of(
                isScriptCall(requested)
                        ? "POST, OPTIONS"
                        : hasForms ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS");
    }

    /** Whether the page's script calls this path. */
    public boolean isScriptCall(String requested) {
        return requested.startsWith(path) && scriptSuffixes.stream().anyMatch(requested::endsWith);
    }

    /** Whether the request is one of the page's script. */
    boolean isScriptCall(HttpServletRequest request) {
        return isScriptCall(request.getServletPath());
    }

    /** Whether the body is read before the request is handled. Other bodies, which can have any size, stay unread. */
    boolean hasSmallBody(HttpServletRequest request) {
        return "POST".equals(request.getMethod())
                && (isScriptCall(request)
                        ? RequestBodies.isJson(request.getContentType())
                        : hasForms && matches(request) && RequestBodies.isForm(request.getContentType()));
    }
}

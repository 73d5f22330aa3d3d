package dev.attache.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A request without its {@code Content-Type}. A media range such as {@code image/*} is no type of a body (RFC 9110,
 * section 8.3), but Spring throws for it before any controller is called, and again for the error page, and logs both
 * with stack traces.
 */
final class ConcreteTypeRequest extends HttpServletRequestWrapper {

    private ConcreteTypeRequest(HttpServletRequest request) {
        super(request);
    }

    /** The request, without its content type if that is a range. */
    static HttpServletRequest of(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.contains("*") ? new ConcreteTypeRequest(request) : request;
    }

    private static boolean isHidden(String header) {
        return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(header);
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isHidden(name))
                .toList());
    }
}

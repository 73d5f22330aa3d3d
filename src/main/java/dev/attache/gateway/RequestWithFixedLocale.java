package dev.attache.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

/**
 * A request whose locales are not made of its {@code Accept-Language}. Spring's filters ask each request for its
 * locale, and the JDK remembers every one that is made. What language a page has is decided by
 * {@link dev.attache.wording.Languages}, which reads the header.
 */
final class RequestWithFixedLocale extends HttpServletRequestWrapper {

    RequestWithFixedLocale(HttpServletRequest request) {
        super(request);
    }

    @Override
    public Locale getLocale() {
        return Locale.ENGLISH;
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(List.of(Locale.ENGLISH));
    }
}

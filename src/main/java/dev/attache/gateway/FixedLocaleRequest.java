package dev.attache.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

/**
 * A request with a fixed locale. Spring's filters ask each request for its locale, and the JDK caches every locale
 * without a limit, so clients could fill the memory with invented languages. {@link dev.attache.wording.Languages}
 * reads the {@code Accept-Language} header instead.
 */
final class FixedLocaleRequest extends HttpServletRequestWrapper {

    FixedLocaleRequest(HttpServletRequest request) {
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

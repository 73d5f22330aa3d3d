package dev.attache.console.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The console's cookies: {@code HttpOnly} and {@code SameSite=Lax}. Where browsers use HTTPS, they are {@code Secure}
 * and have the prefix {@code __Host-}, so that no other host can set them (draft-ietf-httpbis-rfc6265bis, section
 * 4.1.3.2).
 */
final class ConsoleCookies {

    private final boolean publicHttps;

    /** @param publicHttps whether browsers use HTTPS although this port may not, as behind a load balancer */
    ConsoleCookies(boolean publicHttps) {
        this.publicHttps = publicHttps;
    }

    boolean isPublicHttps() {
        return publicHttps;
    }

    Optional<String> find(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        String full = fullName(request, name);
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(full))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    void write(HttpServletRequest request, HttpServletResponse response, String name, String value, Duration lifetime) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(fullName(request, name), value)
                        .httpOnly(true)
                        .secure(isHttps(request))
                        .sameSite("Lax")
                        .path(isHttps(request) ? "/" : "/ops")
                        .maxAge(lifetime)
                        .build()
                        .toString());
    }

    void delete(HttpServletRequest request, HttpServletResponse response, String name) {
        write(request, response, name, "", Duration.ZERO);
    }

    boolean isHttps(HttpServletRequest request) {
        return publicHttps || request.isSecure();
    }

    private String fullName(HttpServletRequest request, String name) {
        return (isHttps(request) ? "__Host-" : "") + name;
    }
}

package dev.attache.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client of the console without a browser. It keeps cookies, and follows no redirects. */
public final class ConsoleClient implements AutoCloseable {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies;

    private final HttpClient http;

    private final String origin;

    public ConsoleClient(String origin) {
        this(origin, new CookieManager());
    }

    /** A client with the cookies of another. */
    public ConsoleClient(String origin, CookieManager cookies) {
        this.origin = origin;
        this.cookies = cookies;
        this.http = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Signs in on the sign-in page, and returns the answer. */
    public HttpResponse<String> signIn(String user, String password) {
        return submit("/ops/sign-in", "/ops/sign-in", Map.of("username", user, "password", password));
    }

    public HttpResponse<String> get(String path) {
        return send(path, request -> request.GET());
    }

    /** Sends a form with the CSRF token of a page. */
    public HttpResponse<String> submit(String formPage, String action, Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("_csrf", csrf(formPage));
        return post(action, form);
    }

    /** The CSRF token of a page. */
    public String csrf(String formPage) {
        var token = CSRF.matcher(get(formPage).body());
        if (!token.find()) {
            throw new AssertionError(formPage + " has no CSRF token");
        }
        return token.group(1);
    }

    /** Sends a form as it is. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return send(
                path,
                request -> request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(fields.entrySet().stream()
                                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                                .collect(Collectors.joining("&")))));
    }

    /** The header value of HTTP Basic. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Follows a redirect, also to another origin. */
    public HttpResponse<String> follow(HttpResponse<String> redirect) {
        var target = URI.create(redirect.headers().firstValue("Location").orElseThrow());
        return send(redirect.uri().resolve(target), request -> request.GET());
    }

    public HttpResponse<String> send(String path, Consumer<HttpRequest.Builder> change) {
        return send(URI.create(origin + path), change);
    }

    private HttpResponse<String> send(URI address, Consumer<HttpRequest.Builder> change) {
        var request = HttpRequest.newBuilder(address);
        change.accept(request);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public CookieManager cookies() {
        return cookies;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}

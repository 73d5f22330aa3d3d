package dev.attache.link.signing;

import dev.attache.contract.value.SignedUrl;
import dev.attache.link.SignedLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/** Uses links as their holders do: with a plain HTTP client, and only with what the link itself states. */
final class LinkClient implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final HttpClient http = HttpClient.newHttpClient();

    /** Opens a download. */
    HttpResponse<byte[]> get(SignedLink link) {
        return send(link, NOTHING);
    }

    /** Sends content by PUT. The client itself sets {@code content-length}, like a browser. */
    HttpResponse<byte[]> send(SignedLink link, byte[] content) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(link.url().reveal()))
                .method(
                        link.method(),
                        link.method().equals("PUT") ? BodyPublishers.ofByteArray(content) : BodyPublishers.noBody());
        link.headers().forEach((name, value) -> {
            if (!name.equals("content-length")) {
                request.header(name, value);
            }
        });
        return send(request.build());
    }

    /** Sends a form with its fields in their order, and the file after them. */
    HttpResponse<byte[]> submit(SignedLink link, byte[] file) {
        StringBuilder form = new StringBuilder();
        link.fields()
                .forEach((name, value) -> form.append("--border\r\nContent-Disposition: form-data; name=\"")
                        .append(name)
                        .append("\"\r\n\r\n")
                        .append(value)
                        .append("\r\n"));
        form.append("--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n");
        return send(HttpRequest.newBuilder(URI.create(link.url().reveal()))
                .header("Content-Type", "multipart/form-data; boundary=border")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(form.toString()),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofString("\r\n--border--\r\n")))
                .build());
    }

    /** Sends a HEAD to a link for another method. */
    int head(SignedLink link) {
        return send(HttpRequest.newBuilder(URI.create(link.url().reveal()))
                        .HEAD()
                        .build())
                .statusCode();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The link with another value of a header. */
    static SignedLink withHeader(SignedLink link, String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(link.headers());
        headers.put(name, value);
        return new SignedLink(link.method(), link.url(), headers, link.fields(), link.expiresAt());
    }

    static SignedLink withoutHeader(SignedLink link, String name) {
        Map<String, String> headers = new LinkedHashMap<>(link.headers());
        headers.remove(name);
        return new SignedLink(link.method(), link.url(), headers, link.fields(), link.expiresAt());
    }

    /** The form with another value of a field. */
    static SignedLink withField(SignedLink link, String name, String value) {
        Map<String, String> fields = new LinkedHashMap<>(link.fields());
        fields.put(name, value);
        return new SignedLink(link.method(), link.url(), link.headers(), fields, link.expiresAt());
    }

    static SignedLink withoutField(SignedLink link, String name) {
        Map<String, String> fields = new LinkedHashMap<>(link.fields());
        fields.remove(name);
        return new SignedLink(link.method(), link.url(), link.headers(), fields, link.expiresAt());
    }

    /** The link with another text in its URL. */
    static SignedLink withUrl(SignedLink link, String text, String replacement) {
        String url = link.url().reveal();
        if (!url.contains(text)) {
            throw new IllegalArgumentException("The link does not contain " + text);
        }
        return new SignedLink(
                link.method(),
                new SignedUrl(url.replace(text, replacement)),
                link.headers(),
                link.fields(),
                link.expiresAt());
    }

    @Override
    public void close() {
        http.close();
    }
}

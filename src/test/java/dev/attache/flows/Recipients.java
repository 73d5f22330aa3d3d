package dev.attache.flows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;

/**
 * The actions of recipients: they have an address, follow links and upload files. With HTTP only, without the AWS SDK.
 */
final class Recipients {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Recipients() {}

    /** An address that no other test uses. */
    static String someone() {
        return "someone-" + UUID.randomUUID() + "@example.com";
    }

    static HttpResponse<byte[]> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET().build());
    }

    /**
     * Presses the button of a file on a download page, and follows the redirect as a browser does.
     *
     * @param page the link in a mail
     * @param item the index of the file on the page
     * @return the file from S3
     */
    static HttpResponse<byte[]> download(String page, int item) {
        HttpResponse<byte[]> answer = press(page, item);
        if (answer.statusCode() != 303) {
            throw new AssertionError("The page answered " + answer.statusCode() + " instead of a redirect");
        }
        return get(answer.headers().firstValue("Location").orElseThrow());
    }

    /** Presses the button of a file on a download page, and does not follow the redirect. */
    static HttpResponse<byte[]> press(String page, int item) {
        return send(HttpRequest.newBuilder(URI.create(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("item=" + item))
                .build());
    }

    /** A PUT with these headers; {@code content-length} and {@code host} are set by the client. */
    static HttpResponse<byte[]> put(String url, Map<String, String> headers, byte[] content) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).PUT(HttpRequest.BodyPublishers.ofByteArray(content));
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("host")) {
                request.header(name, value);
            }
        });
        return send(request.build());
    }

    static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("No answer from " + request.uri().getHost(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

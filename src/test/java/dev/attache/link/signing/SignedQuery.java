package dev.attache.link.signing;

import dev.attache.contract.value.SignedUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * The parameters of a presigned URL that S3 decides by ("Authenticating Requests: Using Query Parameters (AWS Signature
 * Version 4)").
 */
public record SignedQuery(Instant signedAt, Duration validFor, Set<String> signedHeaders) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    public static SignedQuery of(SignedUrl url) {
        return new SignedQuery(
                TIMESTAMP.parse(parameter(url, "X-Amz-Date"), Instant::from),
                Duration.ofSeconds(Long.parseLong(parameter(url, "X-Amz-Expires"))),
                Set.of(parameter(url, "X-Amz-SignedHeaders").split(";")));
    }

    private static String parameter(SignedUrl url, String name) {
        String address = url.reveal();
        int query = address.indexOf('?');
        // The first parameter follows a question mark, the others an ampersand; values contain neither unencoded.
        int at = query < 0 ? -1 : address.indexOf(name + '=', query);
        while (at >= 0 && address.charAt(at - 1) != '&' && at - 1 != query) {
            at = address.indexOf(name + '=', at + 1);
        }
        if (at < 0) {
            throw new IllegalStateException("The URL has no parameter " + name);
        }
        int from = at + name.length() + 1;
        int to = address.indexOf('&', from);
        return URLDecoder.decode(address.substring(from, to < 0 ? address.length() : to), StandardCharsets.UTF_8);
    }
}

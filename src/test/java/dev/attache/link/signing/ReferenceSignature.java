package dev.attache.link.signing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second implementation of Signature Version 4 for query parameters, for comparison only. It follows the numbered
 * steps of "Authenticating Requests: Using Query Parameters", parses the URL as S3 does, and encodes everything again.
 */
public final class ReferenceSignature {

    private ReferenceSignature() {}

    /**
     * The signature that S3 would compute for a request to this URL.
     *
     * @param key the object key (or bucket and key, in path style) that the URL must address, not encoded
     * @param headers all headers but {@code host}
     */
    public static String of(String method, String url, String key, Map<String, String> headers, String secret)
            throws Exception {
        String authority = url.substring(url.indexOf("://") + 3, url.indexOf('/', url.indexOf("://") + 3));
        TreeMap<String, String> query = new TreeMap<>();
        for (String parameter : url.substring(url.indexOf('?') + 1).split("&")) {
            int equals = parameter.indexOf('=');
            query.put(
                    encode(decoded(parameter.substring(0, equals)), true),
                    encode(decoded(parameter.substring(equals + 1)), true));
        }
        query.remove("X-Amz-Signature");
        TreeMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", authority);
        StringBuilder canonical = new StringBuilder(method)
                .append('\n')
                .append('/')
                .append(encode(key, false))
                .append('\n');
        canonical.append(String.join(
                "&",
                query.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList()));
        canonical.append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(String.join(";", signed.keySet())).append("\nUNSIGNED-PAYLOAD");

        String[] scope = decoded(query.get("X-Amz-Credential")).split("/");
        String toSign = "AWS4-HMAC-SHA256\n" + query.get("X-Amz-Date") + "\n" + scope[1] + "/" + scope[2]
                + "/s3/aws4_request\n"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(canonical.toString())));
        byte[] signing = hmac(hmac(hmac(hmac(utf8("AWS4" + secret), scope[1]), scope[2]), "s3"), "aws4_request");
        return HexFormat.of().formatHex(hmac(signing, toSign));
    }

    public static String signatureIn(String url) {
        return url.substring(url.indexOf("X-Amz-Signature=") + "X-Amz-Signature=".length());
    }

    /** "UriEncode()": everything but {@code A-Z a-z 0-9 - . _ ~}, and the slash in paths. */
    public static String encode(String text, boolean slash) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : utf8(text)) {
            char c = (char) (octet & 0xFF);
            boolean plain =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            encoded.append(
                    plain || c == '/' && !slash
                            ? String.valueOf(c)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(octet));
        }
        return encoded.toString();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.storage.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Signs by itself, after "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)" and byte for byte
 * as the SDK's presigner does, which resolves an endpoint, an auth scheme and a chain of interceptors for every link.
 * What does not change from link to link is made once: a bucket's address and a day's signing key. Credentials are
 * trimmed, as the SDK does: they are pasted by people.
 */
final class V4UrlSigner implements UrlSigner {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final HexFormat HEX = HexFormat.of();

    private final BucketAddresses addresses;

    private final SigningKeys keys;

    private final SigningTimes times;

    private final String region;

    V4UrlSigner(BucketAddresses addresses, String region, Clock clock) {
        this.addresses = addresses;
        this.keys = new SigningKeys(region);
        this.times = new SigningTimes(clock);
        this.region = region;
    }

    @Override
    public SignedUrl get(
            ObjectRef object,
            String disposition,
            @Nullable String contentType,
            AwsCredentials credentials,
            Duration duration) {
        StringBuilder parameters = new StringBuilder(256);
        append(parameters, "response-content-disposition", disposition);
        if (contentType != null) {
            append(parameters, "response-content-type", contentType);
        }
        if (object.versionId() != null) {
            append(parameters, "versionId", object.versionId());
        }
        return sign("GET", object, parameters, Map.of(), credentials, duration);
    }

    @Override
    public SignedUrl put(ObjectRef object, UploadHeaders headers, AwsCredentials credentials, Duration duration) {
        return sign("PUT", object, new StringBuilder(), headers.asMap(), credentials, duration);
    }

    /** @param own the request's own parameters, encoded and in the order of their names */
    private SignedUrl sign(
            String method,
            ObjectRef object,
            StringBuilder own,
            Map<String, String> headers,
            AwsCredentials credentials,
            Duration duration) {
        BucketAddresses.Address address = addresses.of(object.bucket());
        SigningTimes.Moment now = times.now();
        StringBuilder path =
                new StringBuilder(address.path().length() + object.key().length() + 16).append(address.path());
        PercentEncoding.path(path, object.key());

        String scope = now.day() + "/" + region + "/s3/aws4_request";
        StringBuilder credential = new StringBuilder(96);
        PercentEncoding.value(credential, credentials.accessKeyId().trim() + "/" + scope);
        StringBuilder token = new StringBuilder();
        if (credentials instanceof AwsSessionCredentials session) {
            append(token, "X-Amz-Security-Token", session.sessionToken().trim());
            token.append('&');
        }
        Map<String, String> signed = signedHeaders(headers, address.host());
        String names = String.join(";", signed.keySet());
        String encodedNames = String.join("%3B", signed.keySet());

        StringBuilder canonical = new StringBuilder(1024)
                .append(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append("X-Amz-Algorithm=")
                .append(ALGORITHM)
                .append("&X-Amz-Credential=")
                .append(credential)
                .append("&X-Amz-Date=")
                .append(now.timestamp())
                .append("&X-Amz-Expires=")
                .append(duration.toSeconds())
                .append('&')
                .append(token)
                .append("X-Amz-SignedHeaders=")
                .append(encodedNames);
        if (!own.isEmpty()) {
            canonical.append('&').append(own);
        }
        canonical.append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append("\nUNSIGNED-PAYLOAD");

        String toSign =
                ALGORITHM + '\n' + now.timestamp() + '\n' + scope + '\n' + HEX.formatHex(sha256(canonical.toString()));
        byte[] signature = keys.sign(credentials.secretAccessKey().trim(), now.day(), toSign);

        StringBuilder url = new StringBuilder(1024)
                .append(address.origin())
                .append(path)
                .append('?')
                .append(own);
        if (!own.isEmpty()) {
            url.append('&');
        }
        url.append(token)
                .append("X-Amz-Algorithm=")
                .append(ALGORITHM)
                .append("&X-Amz-Date=")
                .append(now.timestamp())
                .append("&X-Amz-SignedHeaders=")
                .append(encodedNames)
                .append("&X-Amz-Credential=")
                .append(credential)
                .append("&X-Amz-Expires=")
                .append(duration.toSeconds())
                .append("&X-Amz-Signature=");
        HEX.formatHex(url, signature);
        return new SignedUrl(url.toString());
    }

    private static void append(StringBuilder parameters, String name, String value) {
        if (!parameters.isEmpty()) {
            parameters.append('&');
        }
        PercentEncoding.value(parameters.append(name).append('='), value);
    }

    /** By their names in lower case, each value without spaces around it and with single ones within. */
    private static Map<String, String> signedHeaders(Map<String, String> headers, String host) {
        if (headers.isEmpty()) {
            return Map.of("host", host);
        }
        Map<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name, value.strip().replaceAll(" +", " ")));
        signed.put("host", host);
        return signed;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        // It holds nothing open.
    }
}

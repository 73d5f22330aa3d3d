package dev.attache.link.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Signature Version 4 for S3 in one region ("Signature Calculations for the Authorization Header"): credential scope,
 * signing key and signature, for URLs and forms alike. The last scope and the last signing key are kept: a scope
 * changes once a second, the key of a secret once a day. White space around credentials is dropped, as by the SDK.
 */
final class SignatureV4 {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final String HMAC = "HmacSHA256";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String region;

    private volatile Scope lastScope;

    private volatile @Nullable SigningKey lastKey;

    SignatureV4(String region) {
        this.region = region;
        this.lastScope = newScope(0);
    }

    /** The scope of signatures made at this time; parts of a second are dropped. */
    Scope scope(Instant time) {
        Scope scope = lastScope;
        if (scope.second != time.getEpochSecond()) {
            scope = newScope(time.getEpochSecond());
            lastScope = scope;
        }
        return scope;
    }

    private Scope newScope(long second) {
        String timestamp = TIMESTAMP.format(Instant.ofEpochSecond(second));
        String date = timestamp.substring(0, "yyyyMMdd".length());
        return new Scope(second, timestamp, date, date + "/" + region + "/s3/aws4_request");
    }

    /** The value of {@code X-Amz-Credential}, not encoded. */
    static String credential(AwsCredentials credentials, Scope scope) {
        return credentials.accessKeyId().trim() + "/" + scope.text();
    }

    /** The value of {@code X-Amz-Security-Token}, not encoded; null for credentials without a session. */
    static @Nullable String securityToken(AwsCredentials credentials) {
        return credentials instanceof AwsSessionCredentials session
                ? session.sessionToken().trim()
                : null;
    }

    /** The signature in lower-case hexadecimal digits. */
    String sign(AwsCredentials credentials, Scope scope, String stringToSign) {
        String secret = credentials.secretAccessKey().trim();
        try {
            SigningKey key = lastKey;
            if (key == null || !key.date.equals(scope.date) || !key.secret.equals(secret)) {
                key = new SigningKey(secret, scope.date, derive(secret, scope.date));
                lastKey = key;
            }
            return HexFormat.of().formatHex(((Mac) key.mac.clone()).doFinal(utf8(stringToSign)));
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException("The Java runtime must provide " + HMAC, e);
        }
    }

    private Mac derive(String secret, String date) throws GeneralSecurityException {
        byte[] key = utf8("AWS4" + secret);
        for (String part : new String[] {date, region, "s3", "aws4_request"}) {
            key = mac(key).doFinal(utf8(part));
        }
        return mac(key);
    }

    private static Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The credential scope of a signature: its date, region and service.
     *
     * @param second since the epoch
     * @param timestamp the value of {@code X-Amz-Date}
     * @param date its first eight digits
     * @param text date, region and service, as in {@code X-Amz-Credential}
     */
    record Scope(long second, String timestamp, String date, String text) {}

    /** @param mac initialised with the derived key; cloned for each signature, so that threads can share it */
    private record SigningKey(String secret, String date, Mac mac) {

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "SigningKey[date=" + date + "]";
        }
    }
}

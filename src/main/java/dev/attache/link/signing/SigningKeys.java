package dev.attache.link.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Derives the key that signs ("Signature Calculations for the Authorization Header", "Calculate Signature"), and keeps
 * the last one: it is the same for a secret all day.
 */
final class SigningKeys {

    private static final String HMAC = "HmacSHA256";

    private final String region;

    private volatile @Nullable Derived last;

    SigningKeys(String region) {
        this.region = region;
    }

    /** @param day as {@code yyyyMMdd}, by UTC */
    byte[] sign(String secret, String day, String text) {
        try {
            Derived derived = last;
            if (derived == null || !derived.day.equals(day) || !derived.secret.equals(secret)) {
                derived = new Derived(secret, day, derive(secret, day));
                last = derived;
            }
            return ((Mac) derived.mac.clone()).doFinal(utf8(text));
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException("Every Java has " + HMAC, e);
        }
    }

    private Mac derive(String secret, String day) throws GeneralSecurityException {
        byte[] key = utf8("AWS4" + secret);
        for (String part : new String[] {day, region, "s3", "aws4_request"}) {
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

    /** @param mac never used itself: each signature is made by a copy, for any number of threads */
    private record Derived(String secret, String day, Mac mac) {

        /** A secret. */
        @Override
        public String toString() {
            return "Derived[day=" + day + "]";
        }
    }
}

package dev.attache.ledger.keys;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the keys of this installation ({@link Keys}).
 *
 * @param secrets keys as {@code <id>:<secret in base64>} with 32 bytes or more. New signatures use the first one; all
 *     verify. If there are none, a key is created in the ledger's bucket
 * @param prefix the folder of that key, ending with a slash; no lifecycle rule may delete its objects
 */
@ConfigurationProperties("attache.keys")
public record KeysProperties(
        @DefaultValue List<String> secrets,
        @DefaultValue("attache-keys/") String prefix) {

    public KeysProperties {
        secrets = List.copyOf(secrets);
        KeyLines.read(secrets, KeysProperties::setting);
        if (!prefix.endsWith("/") || prefix.startsWith("/") || prefix.contains("//")) {
            throw new IllegalArgumentException(
                    "attache.keys.prefix is '" + prefix + "', but must be a folder of its own, like attache-keys/");
        }
        if (prefix.startsWith("uploads/")) {
            throw new IllegalArgumentException("attache.keys.prefix is '" + prefix
                    + "', but files are uploaded under uploads/; set it to another folder, like attache-keys/");
        }
        requireOutside("ledger/", prefix);
    }

    /**
     * The configured keys or, if there are none, those in the ledger's bucket.
     *
     * @param objects the objects of that bucket
     * @param ledgerPrefix the ledger's folder
     * @throws IllegalArgumentException if the folder is in the ledger's folder, whose objects expire
     */
    public Keys keys(ConditionalObjects objects, String ledgerPrefix, Pause pause) {
        requireOutside(ledgerPrefix, prefix);
        return secrets.isEmpty()
                ? StoredKeys.of(objects, prefix, new SecureRandom(), pause)
                : Keys.of(KeyLines.read(secrets, KeysProperties::setting));
    }

    /**
     * The key by which objects of the ledger are named, one that is never rotated. It is always in the ledger's bucket,
     * because a configured key would be replaced at some time, and nothing would be found any more.
     *
     * @param objects the objects of that bucket
     */
    public Keys locator(ConditionalObjects objects, Pause pause) {
        return StoredKeys.locator(objects, prefix, new SecureRandom(), pause);
    }

    private static void requireOutside(String ledgerPrefix, String prefix) {
        if (prefix.startsWith(ledgerPrefix)) {
            throw new IllegalArgumentException(
                    ("attache.keys.prefix is '%s', but objects in the ledger's folder %s expire, and keys must not;"
                                    + " set it to another folder, like attache-keys/")
                            .formatted(prefix, ledgerPrefix));
        }
    }

    private static String setting(int index) {
        return "attache.keys.secrets[" + index + "]";
    }

    /** Contains no secrets. */
    @Override
    public String toString() {
        return "KeysProperties[secrets=" + secrets.size() + " of them, prefix=" + prefix + "]";
    }
}

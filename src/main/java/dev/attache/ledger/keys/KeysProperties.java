package dev.attache.ledger.keys;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of this installation, see {@link Keys}.
 *
 * @param secrets each {@code <id>:<secret in base64>}, of 32 bytes or more; the first signs, all verify. When there is
 *     none, a key is created in the ledger's bucket
 * @param prefix the folder of that key, ending with a slash, which no lifecycle rule may expire
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
                    "attache.keys.prefix is '" + prefix + "', but it must be a folder of its own, like attache-keys/");
        }
        if (prefix.startsWith("uploads/")) {
            throw new IllegalArgumentException("attache.keys.prefix is '" + prefix
                    + "', but files are uploaded under uploads/; give the keys another folder, like attache-keys/");
        }
        requireOutside("ledger/", prefix);
    }

    /**
     * The configured keys or, if there are none, those in the ledger's bucket.
     *
     * @param objects the objects of that bucket
     * @param ledgerPrefix the ledger's folder
     * @throws IllegalArgumentException when the keys would expire with the ledger
     */
    public Keys keys(ConditionalObjects objects, String ledgerPrefix, Pause pause) {
        requireOutside(ledgerPrefix, prefix);
        return secrets.isEmpty()
                ? new StoredKeys(objects, prefix, new SecureRandom(), pause)
                : Keys.of(KeyLines.read(secrets, KeysProperties::setting));
    }

    private static void requireOutside(String ledgerPrefix, String prefix) {
        if (prefix.startsWith(ledgerPrefix)) {
            throw new IllegalArgumentException(
                    ("attache.keys.prefix is '%s', but what lies under the ledger's %s expires, and a key"
                                    + " must not; give the keys another folder, like attache-keys/")
                            .formatted(prefix, ledgerPrefix));
        }
    }

    private static String setting(int index) {
        return "attache.keys.secrets[" + index + "]";
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "KeysProperties[secrets=" + secrets.size() + " of them, prefix=" + prefix + "]";
    }
}

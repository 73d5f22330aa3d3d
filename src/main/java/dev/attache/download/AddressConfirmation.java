package dev.attache.download;

import dev.attache.contract.value.Addresses;
import dev.attache.encoding.InvisibleCharacters;
import dev.attache.encoding.Sha256;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Compares the address that a person typed with the recipient's. Different spellings of an address are equal
 * ({@link Addresses#canonical}); white space and invisible characters at the ends, which come with copied addresses,
 * are ignored. The time depends on neither content nor length of the recipient's address.
 */
final class AddressConfirmation {

    /** Longer than any address. */
    private static final int LONGEST = 320;

    private AddressConfirmation() {}

    /** Whether nothing was typed that can be seen. */
    static boolean isMissing(@Nullable String typed) {
        return typed == null || (typed.length() <= LONGEST && trimmed(typed).isEmpty());
    }

    static boolean matches(String typed, String address) {
        if (typed.length() > LONGEST) {
            return false;
        }
        String trimmed = trimmed(typed);
        // In lower case, the Kelvin sign is a "k".
        return isAscii(trimmed.substring(0, trimmed.lastIndexOf('@') + 1))
                && MessageDigest.isEqual(digest(trimmed), digest(address));
    }

    private static String trimmed(String typed) {
        int[] characters = typed.codePoints().toArray();
        int start = 0;
        int end = characters.length;
        while (start < end && isBlank(characters[start])) {
            start++;
        }
        while (start < end && isBlank(characters[end - 1])) {
            end--;
        }
        return new String(characters, start, end - start);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || InvisibleCharacters.removedFrom(Character.toString(c)).isEmpty();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static byte[] digest(String address) {
        return Sha256.of(Addresses.canonical(address));
    }
}

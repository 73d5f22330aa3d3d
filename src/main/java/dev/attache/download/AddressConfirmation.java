package dev.attache.download;

import dev.attache.contract.value.Addresses;
import dev.attache.encoding.Sha256;
import java.security.MessageDigest;

/**
 * Compares the address that a person typed with the recipient's. Different spellings of an address are equal
 * ({@link Addresses#canonical}). The time depends on neither content nor length of the recipient's address.
 */
final class AddressConfirmation {

    /** Longer than any address. */
    private static final int LONGEST = 320;

    private AddressConfirmation() {}

    static boolean matches(String typed, String address) {
        return typed.length() <= LONGEST && MessageDigest.isEqual(digest(typed.strip()), digest(address));
    }

    private static byte[] digest(String address) {
        return Sha256.of(Addresses.canonical(address));
    }
}

package dev.attache.role;

/** {@code attache.roles} names no role, or one that does not exist. The message names the setting and the fix. */
public final class UnusableRolesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnusableRolesException(String message) {
        super(message);
    }
}

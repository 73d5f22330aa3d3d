package dev.attache.role;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of the application that may run as a service of its own. */
public enum Role {
    /** Receives messages, sends mails and sweeps. */
    WORKER,
    /** Serves the pages at the public port. */
    PAGES,
    /** Serves the console at {@code /ops} on the management port, and runs the operators' tasks. */
    CONSOLE;

    /** All, as the setting names them. */
    static final String NAMES = Arrays.stream(values()).map(Role::setting).collect(Collectors.joining(", "));

    /** As {@code attache.roles} names it. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws UnusableRolesException if there is no such role */
    static Role of(String setting) {
        String name = setting.strip();
        return Arrays.stream(values())
                .filter(role -> role.setting().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new UnusableRolesException(
                        "attache.roles names '%s', but the roles are %s".formatted(name, NAMES)));
    }
}

package dev.attache.console.access;

import dev.attache.console.ConsoleProperties.Role;
import dev.attache.console.ConsoleProperties.User;
import dev.attache.console.Operator;
import dev.attache.encoding.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Those who may sign in with a password. */
final class PasswordUsers {

    private static final int FINGERPRINT = 16;

    private final Map<String, User> users;

    private final List<User> all;

    private final PasswordEncoder encoder;

    PasswordUsers(Map<String, User> users) {
        this(users, PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    PasswordUsers(Map<String, User> users, PasswordEncoder encoder) {
        this.encoder = encoder;
        this.users = new TreeMap<>(users);
        this.all = List.copyOf(this.users.values());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean isKnown(String name) {
        return users.containsKey(name);
    }

    /**
     * Checks a password. For an unknown name the password of some user is checked as well, so that the time of the
     * answer does not tell which names exist.
     */
    Optional<Operator> check(String name, String password) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        User user = users.get(name);
        User compared = user == null ? all.get(Math.floorMod(name.hashCode(), all.size())) : user;
        boolean matches = encoder.matches(password, compared.password());
        return user != null && matches ? Optional.of(operator(name, user)) : Optional.empty();
    }

    /** The user as configured now; empty if there is none, or its password is another than at the sign-in. */
    Optional<Operator> current(String name, String fingerprint) {
        return Optional.ofNullable(users.get(name))
                .filter(user -> fingerprint(name, user).equals(fingerprint))
                .map(user -> operator(name, user));
    }

    /** Identifies the user's password in a session, which ends when the password is changed. */
    Optional<String> fingerprint(String name) {
        return Optional.ofNullable(users.get(name)).map(user -> fingerprint(name, user));
    }

    private static String fingerprint(String name, User user) {
        return Sha256.hex("attache-console-password\0" + name + "\0" + user.password())
                .substring(0, FINGERPRINT);
    }

    private static Operator operator(String name, User user) {
        return new Operator(name, user.roles().contains(Role.OPERATOR));
    }
}

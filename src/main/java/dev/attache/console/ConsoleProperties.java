package dev.attache.console;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the operators' console.
 *
 * @param publicUrl the address at which browsers reach the management port, if that is not the port itself, such as
 *     {@code https://ops.acme.example}
 * @param sessionLifetime how long a sign-in is valid; 1 minute to 7 days
 * @param users those who may sign in with a password, by name
 */
@ConfigurationProperties("attache.console")
public record ConsoleProperties(
        @Nullable URI publicUrl,
        @DefaultValue("8h") Duration sessionLifetime,
        @DefaultValue Map<String, User> users) {

    public ConsoleProperties {
        if (publicUrl != null
                && (publicUrl.getHost() == null
                        || !("https".equals(publicUrl.getScheme()) || "http".equals(publicUrl.getScheme()))
                        || !(publicUrl.getRawPath().isEmpty()
                                || publicUrl.getRawPath().equals("/")))) {
            throw new IllegalArgumentException(("attache.console.public-url is '%s', but must be a web address without"
                            + " a path, such as https://ops.acme.example")
                    .formatted(publicUrl));
        }
        if (sessionLifetime.compareTo(Duration.ofMinutes(1)) < 0 || sessionLifetime.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "attache.console.session-lifetime is %s, but must be between 1m and 7d".formatted(sessionLifetime));
        }
        users = Map.copyOf(users);
        users.forEach((name, user) -> user.check("attache.console.users." + name));
    }

    /** Whether browsers use HTTPS, as far as {@link #publicUrl} tells. */
    public boolean isHttps() {
        return publicUrl != null && "https".equals(publicUrl.getScheme());
    }

    /** What a person may do. */
    public enum Role {
        /** May read everything; addresses are masked. */
        VIEWER,
        /** May also act, and sees addresses. */
        OPERATOR
    }

    /**
     * Who may sign in with a password.
     *
     * @param password as Spring Security stores it, such as {@code {bcrypt}$2a$10$…}
     * @param roles at least one
     */
    public record User(
            @Nullable String password, @DefaultValue Set<Role> roles) {

        private static final List<String> ENCODINGS = List.of("{bcrypt}", "{noop}", "{pbkdf2", "{scrypt", "{argon2");

        public User {
            roles = Set.copyOf(roles);
        }

        private void check(String setting) {
            if (password == null || ENCODINGS.stream().noneMatch(password::startsWith)) {
                throw new IllegalArgumentException(setting + ".password must begin with how it is encoded, such as"
                        + " {bcrypt}: create one with htpasswd -nBC 12 \"\" | tr -d ':\\n', and put {bcrypt} before"
                        + " it");
            }
            if (roles.isEmpty()) {
                throw new IllegalArgumentException(setting + ".roles is empty, but must be viewer or operator");
            }
        }

        /** Contains no password. */
        @Override
        public String toString() {
            return "User[roles=" + roles + "]";
        }
    }
}

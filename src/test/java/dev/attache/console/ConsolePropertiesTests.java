package dev.attache.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.console.ConsoleProperties.Role;
import dev.attache.console.ConsoleProperties.User;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsolePropertiesTests {

    private static ConsoleProperties properties(@Nullable String url, Duration lifetime, Map<String, User> users) {
        return new ConsoleProperties(url == null ? null : URI.create(url), lifetime, users);
    }

    private static User user(@Nullable String password, Role... roles) {
        return new User(password, Set.of(roles));
    }

    @Test
    void httpsIsKnownFromThePublicAddress() {
        assertThat(properties("https://ops.acme.example", Duration.ofHours(8), Map.of())
                        .isHttps())
                .isTrue();
        assertThat(properties(null, Duration.ofHours(8), Map.of()).isHttps()).isFalse();
    }

    @Test
    void settingsThatCannotWorkAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("https://acme.example/console", Duration.ofHours(8), Map.of()))
                .withMessageStartingWith("attache.console.public-url is 'https://acme.example/console', but");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(null, Duration.ofSeconds(59), Map.of()))
                .withMessageStartingWith("attache.console.session-lifetime is PT59S, but");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(null, Duration.ofHours(8), Map.of("ana", user("secret", Role.VIEWER))))
                .withMessageStartingWith("attache.console.users.ana.password must begin with")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(null, Duration.ofHours(8), Map.of("ana", user(null, Role.VIEWER))))
                .withMessageStartingWith("attache.console.users.ana.password must begin with");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(null, Duration.ofHours(8), Map.of("ana", user("{noop}x"))))
                .withMessageStartingWith("attache.console.users.ana.roles is empty");
    }

    @Test
    void noTextContainsAPassword() {
        assertThat(properties(null, Duration.ofHours(8), Map.of("ana", user("{noop}secret", Role.VIEWER)))
                        .toString())
                .doesNotContain("secret");
    }
}

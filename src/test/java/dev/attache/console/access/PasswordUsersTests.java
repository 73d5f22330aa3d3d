package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.console.ConsoleProperties.Role;
import dev.attache.console.ConsoleProperties.User;
import dev.attache.console.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordUsersTests {

    private final List<String> hashed = new ArrayList<>();

    private final PasswordEncoder counting = new PasswordEncoder() {

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return String.valueOf(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
            hashed.add(encoded);
            return String.valueOf(password).equals(encoded);
        }
    };

    @Test
    void theTimeOfAnAnswerDoesNotTellWhetherANameExists() {
        PasswordUsers users = new PasswordUsers(Map.of("ana", new User("secret", Set.of(Role.OPERATOR))), counting);

        assertThat(users.check("ana", "wrong")).isEmpty();
        assertThat(users.check("unknown", "wrong")).isEmpty();
        assertThat(users.check("unknown", "secret")).isEmpty();

        assertThat(hashed).containsExactly("secret", "secret", "secret");
    }

    @Test
    void passwordsMayBeStoredWithBcrypt() {
        String encoded = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("secret");
        PasswordUsers users = new PasswordUsers(Map.of(
                "ana", new User(encoded, Set.of(Role.VIEWER)), "ben", new User("{noop}b", Set.of(Role.OPERATOR))));

        assertThat(users.check("ana", "secret")).hasValue(new Operator("ana", false));
        assertThat(users.check("ana", "Secret")).isEmpty();
        assertThat(users.check("ben", "b")).hasValue(new Operator("ben", true));
    }

    @Test
    void withoutUsersNobodySignsIn() {
        assertThat(new PasswordUsers(Map.of()).check("ana", "")).isEmpty();
    }
}

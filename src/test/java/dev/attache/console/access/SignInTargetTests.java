package dev.attache.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTargetTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ops",
                "/ops/audit",
                "/ops/dead-letters/a-dlq?code=X&source=b%20c",
                "/ops?x=1",
                "/ops/audit?containing=/../",
                "/ops/dead-letters/a..b"
            })
    void aPageOfTheConsoleIsContinuedWith(String page) {
        assertThat(SignInTarget.of(page)).isEqualTo(page);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "https://evil.example/ops",
                "//evil.example/ops",
                "/\\evil.example",
                "/ops\\evil",
                "/ops/a\nb",
                "/ops/ü",
                "/opsx",
                "/actuator/health",
                "/ops/../actuator",
                "/ops/%2e%2E//evil.example",
                "/ops/a/.%2e?x=1",
                "/ops/sign-out",
                "/ops/sign-in"
            })
    void nothingElseIs(String other) {
        assertThat(SignInTarget.of(other)).isEqualTo("/ops");
    }
}

package dev.attache.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsUnderTestTests {

    private static final Map<String, String> LOCALSTACK = Map.of(
            "AWS_ENDPOINT_URL", "http://127.0.0.1:4566",
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test");

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(LOCALSTACK);
        environment.put(name, value);
        return environment;
    }

    @Test
    void testsWithAnAccountOfTheirOwnRunOnLocalStackOnly() {
        assertThat(new AwsUnderTest.External(LOCALSTACK).lacks()).doesNotContain("own-account");
        assertThat(new AwsUnderTest.External(with("AWS_ACCESS_KEY_ID", "an access key")).lacks())
                .contains("own-account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
    void anExternalAwsIsUnavailableWithoutAnEndpointOrCredentials(String missing) {
        Map<String, String> environment = new HashMap<>(LOCALSTACK);
        environment.remove(missing);

        assertThat(new AwsUnderTest.External(LOCALSTACK).unavailable()).isEmpty();
        assertThat(new AwsUnderTest.External(environment).unavailable())
                .hasValueSatisfying(reason -> assertThat(reason).contains(missing));
    }

    @Test
    void reasonsOfSkippedTestsDoNotShowTheEnvironment() {
        assertThat(new AwsUnderTest.External(with("AWS_SECRET_ACCESS_KEY", "a secret")))
                .hasToString("External");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AwsUnderTest.named("azure"))
                .withMessage("-Daws=azure, but must be embedded, localstack or external");
    }
}

package dev.attache.deadletters.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenSecretsTests {

    private static final String SIGNED = "https://b.example/k?X-Amz-Credential=c&X-Amz-Signature=0123";

    private static final String TOKEN = "t".repeat(67);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"links\":[{\"url\":\"%s\"}]}",
                "{\"a\" : \"see %s\"",
                "not JSON at all: %s, see there",
                "[\"%s\"",
                "{\"Message\":\"{\\\"url\\\":\\\"%s\\\"}\"}"
            })
    void noSecretIsShownAndEachIsPutBack(String form) {
        for (String secret : new String[] {
            SIGNED,
            SIGNED.replace("&", "\\u0026").replace("X-Amz-S", "\\u0058-Amz-S"),
            "https:\\/\\/b.example\\/k?x-amz-security-token=abc",
            "https:\\\\\\/\\\\\\/pages.example\\\\\\/d\\\\\\/" + TOKEN,
            "https://pages.example/d/" + TOKEN,
            "https://pages.example/u/" + "0123456789abcdef".repeat(2)
        }) {
            if (!form.startsWith("not") || secret.indexOf('\\') < 0) {
                String body = form.replace("%s", secret);

                HiddenSecrets hidden = HiddenSecrets.in(body);

                assertThat(hidden.text()).contains("attache-hidden-1").doesNotContain("0123", TOKEN, "abc");
                assertThat(hidden.restored(hidden.text())).isEqualTo(body);
            }
        }
    }

    @Test
    void theSecretFieldsOfASignedFormAreHidden() {
        String body = """
            {"fields":{"key":"uploads/x","policy":"eyJ=","x-amz-signature" : "77","X-Amz-Security-Token":"88"}}\
            """;

        HiddenSecrets hidden = HiddenSecrets.in(body);

        assertThat(hidden.text()).contains("uploads/x").doesNotContain("eyJ", "77", "88");
        assertThat(hidden.restored(hidden.text())).isEqualTo(body);
    }

    @Test
    void allElseStaysAsItIs() {
        String body = """
            {"id":"a\\u0041\\"b","n":1.10,"url":"https://shop.example/u/me?x=1","unsubscribeUrl":"https://n.example/{recipient}"}\
            """;

        assertThat(HiddenSecrets.in(body)).isEqualTo(new HiddenSecrets(body, List.of()));
    }

    @Test
    void placeholdersMayBeMovedOrRemoved() {
        HiddenSecrets hidden = HiddenSecrets.in("[\"%s\",\"%s\"]".formatted(SIGNED + 1, SIGNED + 2));

        assertThat(hidden.restored("[\"attache-hidden-2\"]")).isEqualTo("[\"" + SIGNED + 2 + "\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"attache-hidden-2\"",
                "\"attache-hidden-0\"",
                "\"attache-hidden-99999999999\"",
                "\"see attache-hidden-1\"",
                "attache-hidden-1"
            })
    void aPlaceholderThatStandsForNothingIsRefused(String edited) {
        HiddenSecrets hidden = HiddenSecrets.in("[\"" + SIGNED + "\"]");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> hidden.restored(edited))
                .withMessageContaining("attache-hidden-");
    }
}

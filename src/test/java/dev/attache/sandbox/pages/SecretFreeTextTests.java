package dev.attache.sandbox.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFreeTextTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost:9000/attache/a.pdf?x-id=GetObject&X-Amz-Signature=0f |"
                        + " http://localhost:9000/attache/a.pdf?…",
                "https://links.example.com/d/abcdefghijklmnopqrstuvwxyz-_0123456789ABC |"
                        + " https://links.example.com/d/abcd…",
                "https://links.example.com/u/0123456789abcdef0123456789abcdef | https://links.example.com/u/0123…",
                "https://desk.example.com/unsubscribe?who=ana | https://desk.example.com/unsubscribe?who=ana",
                "downloads/crm/contract-4711.pdf | downloads/crm/contract-4711.pdf"
            })
    void whatGivesAccessToAFileIsShortened(String url, String shown) {
        assertThat(SecretFreeText.of("{\"url\":\"" + url + "\"}")).contains("\"url\" : \"" + shown + "\"");
        assertThat(SecretFreeText.of("no JSON: " + url + " and more")).isEqualTo("no JSON: " + shown + " and more");
    }

    @Test
    void theSignatureAndThePolicyOfAFormAreHidden() {
        var shown = SecretFreeText.of("""
            {"fields":{"key":"uploads/a","policy":"eyJh","X-Amz-Signature":"0f","x-amz-security-token":"IQ"}}\
            """);

        assertThat(shown)
                .contains("\"key\" : \"uploads/a\"", "\"policy\" : \"…\"")
                .doesNotContain("eyJh", "0f", "IQ");
    }

    @Test
    void aLongTextIsCut() {
        var shown = SecretFreeText.of("a".repeat(SecretFreeText.MAX_CHARACTERS + 1_234));

        assertThat(shown).endsWith("aaa\n… 1,234 more characters");
    }
}

package dev.attache.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3/b/k?X-Amz-Algorithm=AWS4&X-Amz-Signature=SECRET",
                "{\"url\":\"https://s3/b/k?X-Amz-Algorithm=AWS4&X-Amz-Expires=60&X-Amz-Signature=SECRET\"}",
                "{\"url\":\"https://s3/b/k?response-content-type=a&x-amz-security-token=SECRET&x-amz-date=1\"}",
                "{\"url\":\"https://s3/b/k?X-Amz-Algorithm=AWS4\\u0026X-Amz-Signature=SECRET\"}",
                "{\"Message\":\"{\\\"url\\\":\\\"https://s3/b/k?X-Amz-Algorithm=AWS4&X-Amz-Signature=SECRET\\\"}\"}",
                "https://s3/b/k?AWSAccessKeyId=A&Signature=SECRET",
                "https://cdn/k?Expires=1&Signature=SECRET&Key-Pair-Id=K",
                "{\"fields\":{\"policy\":\"SECRET\",\"x-amz-signature\":\"SECRET\",\"x-amz-credential\":\"SECRET\"}}",
                "{\"Message\":\"{\\\"policy\\\":\\\"SECRET\\\"}\"}",
                "{\"policy\" : \"a\\/SECRET\"}",
                "{\"data_base64\":\"SECRET\"}",
                "{\"Type\":\"SubscriptionConfirmation\",\"Token\":\"SECRET\","
                        + "\"SubscribeURL\":\"https://sns/?Action=ConfirmSubscription&Token=SECRET\"}",
                "https://pages.example.com/d/abcdSECRETSECRETSECRETSECRET",
                "{\"page\":\"https:\\/\\/pages.example.com\\/u\\/abcdSECRETSECRETSECRET\"}",
                "{\"page\":\"https://pages.example.com\\u002fd\\u002FabcdSECRETSECRETSECRET\"}",
                "{\"Message\":\"{\\\"page\\\":\\\"https:\\\\\\/\\\\\\/f\\\\\\/d\\\\\\/abcdSECRETSECRETSECRET\\\"}\"}",
                "{\"Message\":\"https://f\\u005cu002fd\\u005cu002fabcdSECRETSECRETSECRET\"}",
                "{\"url\":\"https://s3/b/k\\u003fX-Amz-Algorithm=AWS4\\u0026X-Amz-Signature=SECRET\"}",
                "{\"url\":\"https://s3/b/k?a=b&\\u0058-Amz-Signature=SECRET\"}",
                "{\"\\u0070olicy\":\"SECRET\"}"
            })
    void whatGivesAccessIsNotShown(String text) {
        assertThat(SecretMask.hide(text)).doesNotContain("SECRET").contains("…");
    }

    @Test
    void aQueryThatIsCutIsRecognized() {
        String text = "https://s3/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=SECRET";

        assertThat(SecretMask.hide(text)).isEqualTo("https://s3/b/k?…");
    }

    @Test
    void allElseKeepsItsEscapes() {
        String text = """
            {"a":"\\u0041\\\\","page":"https:\\/\\/f\\/d\\/abcdSECRETSECRET\\u0041","b":"\\n\\ud83d\\ude00\\"\\\
            """;

        assertThat(SecretMask.hide(text)).isEqualTo(text.replace("SECRETSECRET\\u0041", "…"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"to\":\"ana@example.com\",\"key\":\"downloads/a.pdf\"}",
                "https://example.com/?page=2",
                "Why? Because.",
                "/d/short",
                "{\"path\":\"C:\\\\u\\\\abcdefghijklmnopqrstuvwxyz\"}",
                "\\u00",
                ""
            })
    void otherTextsAreNotChanged(String text) {
        assertThat(SecretMask.hide(text)).isEqualTo(text);
    }

    @Test
    void aLongTextIsReadInLinearTime() {
        String text = "?".repeat(50_000) + "\"".repeat(50_000) + "\\".repeat(50_000);

        assertThat(SecretMask.hide(text)).hasSameSizeAs(text);
    }
}

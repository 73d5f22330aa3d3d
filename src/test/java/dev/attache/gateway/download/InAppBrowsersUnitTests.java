package dev.attache.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InAppBrowsersUnitTests {

    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ";

    private static final String ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9%s) AppleWebKit/537.36 "
            + "(KHTML, like Gecko) Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mobile/15E148",
                "Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]",
                "Mobile/15E148 Instagram 300.0",
                "Mobile/15E148 MicroMessenger/8.0",
                "GSA/340.0 Mobile/15E148 Safari/604.1"
            })
    void appsOfIosAreRecognized(String end) {
        assertThat(InAppBrowsers.isOne(IPHONE + end)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Version/18.1 Mobile/15E148 Safari/604.1",
                "CriOS/131.0 Mobile/15E148 Safari/604.1",
                "FxiOS/133.0 Mobile/15E148 Safari/605.1.15"
            })
    void browsersOfIosAreNot(String end) {
        assertThat(InAppBrowsers.isOne(IPHONE + end)).isFalse();
    }

    @Test
    void theWebViewOfAndroidIsRecognizedAndChromeIsNot() {
        assertThat(InAppBrowsers.isOne(ANDROID.formatted("; wv"))).isTrue();
        assertThat(InAppBrowsers.isOne(ANDROID.formatted(""))).isFalse();
    }

    @Test
    void aMissingOrHugeUserAgentIsNot() {
        assertThat(InAppBrowsers.isOne(null)).isFalse();
        assertThat(InAppBrowsers.isOne("Instagram".repeat(1000))).isFalse();
    }
}

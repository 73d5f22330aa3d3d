package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.NEWSLETTER;
import static dev.attache.contract.json.EventFixtures.PURCHASE;
import static dev.attache.contract.json.EventFixtures.UPLOAD;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.CODEC;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.EventType;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.RejectedException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a download page are read, and rejected where they are wrong or there is no page. */
class PageOptionsAreValidatedTests {

    private static PageOptions page(String options) {
        return CODEC.read(bytes(with(DOWNLOAD, "/data/page", options)), EventType.ATTACHMENT_REQUESTED)
                .data()
                .page();
    }

    @Test
    void allOptionsAreRead() {
        assertThat(page("""
            {"maxDownloads":3,"oneTime":false,"remindBefore":"P2D","confirmAddress":true,"reportExpiry":true}\
            """)).isEqualTo(new PageOptions(3, false, Duration.ofDays(2), true, true));
    }

    @Test
    void absentOptionsAreFalse() {
        PageOptions page = page("{}");

        assertThat(page).isEqualTo(PageOptions.NONE);
        assertThat(page.isOneTime()).isFalse();
        assertThat(page.isConfirmAddress()).isFalse();
        assertThat(page.isReportExpiry()).isFalse();
        assertThat(page.restrictsDownloads()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"maxDownloads\":1000}", "{\"oneTime\":true}", "{\"confirmAddress\":true}"})
    void limitsAndConfirmationRestrictDownloads(String options) {
        assertThat(page(options).restrictsDownloads()).isTrue();
    }

    @Test
    void optionsAreReadForNewslettersAndPurchases() {
        String options = "{\"maxDownloads\":1}";
        PageOptions expected = new PageOptions(1, null, null, null, null);

        assertThat(CODEC.read(bytes(with(NEWSLETTER, "/data/page", options)), EventType.ATTACHMENT_REQUESTED)
                        .data()
                        .page())
                .isEqualTo(expected);
        assertThat(CODEC.read(bytes(with(PURCHASE, "/data/page", options)), EventType.PURCHASE_COMPLETED)
                        .data()
                        .page())
                .isEqualTo(expected);
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                argumentSet("no downloads", "{\"maxDownloads\":0}", "$.data.page.maxDownloads must be at least 1"),
                argumentSet(
                        "many downloads", "{\"maxDownloads\":1001}", "$.data.page.maxDownloads must be at most 1000"),
                argumentSet("downloads in words", "{\"maxDownloads\":\"two\"}", "$.data.page.maxDownloads"),
                argumentSet("misspelt limit", "{\"onetime\":true}", "$.data.page.onetime is not known"),
                argumentSet(
                        "one time in words", "{\"oneTime\":\"yes\"}", "$.data.page.oneTime must be of type boolean"),
                argumentSet(
                        "two limits",
                        "{\"oneTime\":true,\"maxDownloads\":1}",
                        "$.data.page.maxDownloads must be absent where oneTime is true"),
                argumentSet(
                        "reminder at the end",
                        "{\"remindBefore\":\"PT0S\"}",
                        "$.data.page.remindBefore must be an ISO 8601 duration above zero"),
                argumentSet("text", "\"oneTime\"", "$.data.page must be of type object"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void wrongOptionIsRejected(String options, String detail) {
        assertViolation(with(DOWNLOAD, "/data/page", options), EventType.ATTACHMENT_REQUESTED, detail);
        assertViolation(with(PURCHASE, "/data/page", options), EventType.PURCHASE_COMPLETED, detail);
    }

    @Test
    void uploadHasNoDownloadPage() {
        assertViolation(
                with(UPLOAD, "/data/page", "{}"),
                EventType.ATTACHMENT_REQUESTED,
                "$.data.page must be absent for uploads");
    }

    @Test
    void channelEventHasNoDownloadPage() {
        String event = with(without(DOWNLOAD, "/data/recipients"), "/data/channel", "\"event\"");

        assertViolation(
                with(event, "/data/page", "{}"),
                EventType.ATTACHMENT_REQUESTED,
                "$.data.page must be absent on the channel event");
    }

    private static void assertViolation(String event, EventType<?> type, String detail) {
        RejectedException rejected = rejection(bytes(event), type);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains(detail);
    }
}

package dev.attache.contract.json;

import static dev.attache.contract.json.EventFixtures.DOWNLOAD;
import static dev.attache.contract.json.EventFixtures.PURCHASE;
import static dev.attache.contract.json.EventFixtures.UPLOAD;
import static dev.attache.contract.json.EventFixtures.addresses;
import static dev.attache.contract.json.EventFixtures.bytes;
import static dev.attache.contract.json.EventFixtures.quoted;
import static dev.attache.contract.json.EventFixtures.with;
import static dev.attache.contract.json.EventFixtures.without;
import static dev.attache.contract.json.Rejections.CODEC;
import static dev.attache.contract.json.Rejections.SECRET;
import static dev.attache.contract.json.Rejections.rejection;
import static dev.attache.contract.value.RejectionCode.ADDRESS_INVALID;
import static dev.attache.contract.value.RejectionCode.CONTRACT_VIOLATION;
import static dev.attache.contract.value.RejectionCode.TOO_MANY_RECIPIENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalid recipients and purchases are rejected with their codes. */
class RecipientsAndPurchasesAreRejectedTests {

    static Stream<Arguments> badPurchases() {
        return Stream.of(
                argumentSet("no order", without(PURCHASE, "/data/orderId"), "$.data.orderId is required"),
                argumentSet("no customer", without(PURCHASE, "/data/customer"), "$.data.customer is required"),
                argumentSet("no items", with(PURCHASE, "/data/items", "[]"), "$.data.items must have at least 1"),
                argumentSet("51 items", with(PURCHASE, "/data/items", items(51)), "$.data.items must have at most 50"),
                argumentSet("no sku", without(PURCHASE, "/data/items/0/sku"), "$.data.items[0].sku is required"),
                argumentSet("no time", without(PURCHASE, "/data/purchasedAt"), "$.data.purchasedAt is required"),
                argumentSet(
                        "line end in a title",
                        with(PURCHASE, "/data/items/0/title", "\"a\\nb\""),
                        "$.data.items[0].title"));
    }

    @ParameterizedTest
    @MethodSource("badPurchases")
    void badPurchase(String body, String detail) {
        RejectedException rejected = rejection(bytes(body), EventType.PURCHASE_COMPLETED);

        assertThat(rejected.code()).isEqualTo(CONTRACT_VIOLATION);
        assertThat(rejected.detail()).contains(detail);
    }

    @Test
    void fiveHundredRecipientsAreAcceptedAndOneMoreIsTooMany() {
        String full = with(DOWNLOAD, "/data/recipients", addresses(500));
        String over = with(DOWNLOAD, "/data/recipients", addresses(501));

        assertThat(CODEC.read(bytes(full), EventType.ATTACHMENT_REQUESTED)
                        .data()
                        .recipients())
                .hasSize(500);
        RejectedException rejected = rejection(bytes(over), EventType.ATTACHMENT_REQUESTED);
        assertThat(rejected.code()).isEqualTo(TOO_MANY_RECIPIENTS);
        assertThat(rejected.detail()).contains("at most 500", "recipientList");
    }

    @Test
    void tooManyToNotifyIsTooManyRecipients() {
        String body = with(UPLOAD, "/data/notify", addresses(51));

        assertThat(rejection(bytes(body), EventType.ATTACHMENT_REQUESTED).code())
                .isEqualTo(TOO_MANY_RECIPIENTS);
    }

    @Test
    void invalidAddressIsNamedByItsIndex() {
        String recipient = with(with(DOWNLOAD, "/data/recipients", addresses(3)), "/data/recipients/2", quoted(SECRET));
        String waiting = with(UPLOAD, "/data/notify/0", "{\"address\":\"" + SECRET + "\"}");
        String customer = with(PURCHASE, "/data/customer/address", quoted(SECRET + "@"));

        assertAddressInvalid(rejection(bytes(recipient), EventType.ATTACHMENT_REQUESTED), "$.data.recipients[2]");
        assertAddressInvalid(rejection(bytes(waiting), EventType.ATTACHMENT_REQUESTED), "$.data.notify[0]");
        assertAddressInvalid(rejection(bytes(customer), EventType.PURCHASE_COMPLETED), "$.data.customer");
    }

    private static void assertAddressInvalid(RejectedException rejected, String path) {
        assertThat(rejected.code()).isEqualTo(ADDRESS_INVALID);
        assertThat(rejected.detail()).startsWith(path + " ").doesNotContain(SECRET);
    }

    private static String items(int count) {
        String item = "{\"sku\":\"s\",\"title\":\"t\",\"attachment\":{\"key\":\"k\"}}";
        return "[" + (item + ",").repeat(count - 1) + item + "]";
    }
}

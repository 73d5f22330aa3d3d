package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventIds;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurchaseCompletedHandlerTests extends IntakeTestBase {

    private final PurchaseCompletedHandler purchases =
            new PurchaseCompletedHandler(codec, OnePolicy.SOURCES, downloads, issuer, Instant.MIN, clock);

    @Test
    void purchaseGivesOneMailWithALinkForEachItem() {
        bucket.with("downloads/shop/a.epub", 10, "application/epub+zip", "e1")
                .with("downloads/shop/b.pdf", 20, "application/pdf", "e2");

        var messages = purchases.apply(message(event("purchase.completed", "shop", """
            {"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":{"address":"bo@example.com","name":"Bo"},
             "items":[{"sku":"a","title":"Streams in Practice","attachment":{"key":"downloads/shop/a.epub"}},
                      {"sku":"b","title":"Answers","attachment":{"key":"downloads/shop/b.pdf","fileName":"Answers.pdf"}}]}\
            """)));

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.getHeaders()).containsEntry("channel", "email").containsEntry("source", "shop");
            LinkIssued issued = issued(message).data();
            assertThat(issued.purpose()).isEqualTo(LinkIssued.Purpose.PURCHASE);
            assertThat(issued.recipient().name()).isEqualTo("Bo");
            assertThat(issued.links()).extracting(Link::title).containsExactly("Streams in Practice", "Answers");
            assertThat(issued.links()).extracting(Link::fileName).containsExactly("a.epub", "Answers.pdf");
        });
    }

    private CloudEvent<LinkIssued> ofOneItem(PurchaseCompletedHandler by, String purchasedAt) {
        bucket.with("downloads/shop/a.epub", 10, "application/epub+zip", "e1");
        return issued(by.apply(message(event("purchase.completed", "shop", """
            {"orderId":"1001","purchasedAt":"%s","customer":"bo@example.com",
             "items":[{"sku":"a","title":"One","attachment":{"key":"downloads/shop/a.epub"}}]}\
            """.formatted(purchasedAt))))
                .getFirst());
    }

    private String requestsId() {
        return EventIds.derive("shop", "r-1", "link.issued", "bo@example.com").toString();
    }

    @Test
    void purchaseAndRequestWithTheSameIdHaveDifferentMails() {
        String id = ofOneItem(purchases, "2026-11-21T09:00:00Z").id();

        assertThat(id)
                .isNotEqualTo(requestsId())
                .isEqualTo(ofOneItem(purchases, "2026-11-21T09:00:00Z").id());
    }

    @Test
    void purchaseBeforeAnUpgradeKeepsItsFormerIdIfConfigured() {
        PurchaseCompletedHandler upgraded = new PurchaseCompletedHandler(
                codec, OnePolicy.SOURCES, downloads, issuer, Instant.parse("2026-12-01T00:00:00Z"), clock);

        assertThat(ofOneItem(upgraded, "2026-11-30T23:59:59Z").id()).isEqualTo(requestsId());
        assertThat(ofOneItem(upgraded, "2026-12-01T00:00:00Z").id()).isNotEqualTo(requestsId());
    }

    @Test
    void linksOfAPurchaseHaveItsDigest() {
        assertThat(ofOneItem(purchases, "2026-11-21T09:00:00Z").data().contentDigest())
                .startsWith("1:");
    }

    private String fiftyItems(String keyEnd) {
        List<String> items = new ArrayList<>();
        for (int i = 10; i < 60; i++) {
            String key = "downloads/shop/" + i + keyEnd;
            bucket.with(key, 10, "application/epub+zip", "e1");
            items.add("{\"sku\":\"a\",\"title\":\"%s\",\"attachment\":{\"key\":\"%s\",\"fileName\":\"%s\"}}"
                    .formatted("題".repeat(256), key.replace("\"", "\\\""), "名".repeat(256)));
        }
        return event("purchase.completed", "shop", """
            {"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":"bo@example.com","items":[%s]}\
            """.formatted(String.join(",", items)));
    }

    @Test
    void purchaseOfFiftyItemsFitsIntoAMessage() {
        assertThat(purchases.apply(message(fiftyItems("k".repeat(1_000)))))
                .singleElement()
                .satisfies(message -> assertThat(issued(message).data().links()).hasSize(50));
    }

    @Test
    void purchaseThatDoesNotFitIntoAMessageIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> purchases.apply(message(fiftyItems("\"".repeat(1_000)))))
                .withMessageContaining("258048")
                .satisfies(error -> assertThat(error.code()).isEqualTo(RejectionCode.CONTRACT_VIOLATION));
    }
}

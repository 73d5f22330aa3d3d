package dev.attache.contract;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import java.util.List;

/** Data of {@code purchase.completed}: the customer gets one mail with a link for each item. */
public record PurchaseCompleted(String orderId, Instant purchasedAt, Recipient customer, List<Item> items) {

    public PurchaseCompleted {
        items = List.copyOf(items);
    }

    /** One purchased item. */
    public record Item(String sku, String title, AttachmentRef attachment) {}
}

package dev.attache.contract;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code purchase.completed}: the customer gets one mail with a link for each item, or with a link to one page
 * with a button for each item.
 *
 * @param page the options of the download page; null for none
 */
public record PurchaseCompleted(
        String orderId,
        Instant purchasedAt,
        Recipient customer,
        List<Item> items,
        @Nullable PageOptions page) {

    public PurchaseCompleted {
        items = List.copyOf(items);
    }

    /** One purchased item. */
    public record Item(String sku, String title, AttachmentRef attachment) {}
}

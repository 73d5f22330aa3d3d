package dev.attache.download;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.downloads.IssuedPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page with one file that is valid for a week, unless the test asks for something else. */
final class PageBuilder {

    static final Instant ISSUED = Instant.parse("2026-11-21T11:00:00Z");

    static final Instant EXPIRES = ISSUED.plus(Duration.ofDays(7));

    private String requestId = "r-1";

    private String address = "ana@example.com";

    private List<String> keys = List.of("shared/a.pdf");

    private LinkIssued.Purpose purpose = LinkIssued.Purpose.DOWNLOAD;

    private @Nullable Integer maxDownloads;

    private long size = 500;

    private @Nullable String eTag;

    private Map<String, Instant> ends = Map.of();

    private boolean oneTime;

    private boolean confirmAddress;

    private @Nullable Instant remindAt;

    private boolean reportExpiry;

    PageBuilder request(String id) {
        requestId = id;
        return this;
    }

    PageBuilder to(String recipient) {
        address = recipient;
        return this;
    }

    PageBuilder keys(String... objects) {
        keys = List.of(objects);
        return this;
    }

    PageBuilder size(long bytes) {
        size = bytes;
        return this;
    }

    PageBuilder eTag(String tag) {
        eTag = tag;
        return this;
    }

    /** States when S3 deletes an object. */
    PageBuilder availableUntil(String key, Instant end) {
        ends = Map.of(key, end);
        return this;
    }

    PageBuilder arrival() {
        purpose = LinkIssued.Purpose.ARRIVAL;
        return this;
    }

    PageBuilder maxDownloads(int most) {
        maxDownloads = most;
        return this;
    }

    PageBuilder oneTime() {
        oneTime = true;
        return this;
    }

    PageBuilder confirmAddress() {
        confirmAddress = true;
        return this;
    }

    PageBuilder remindBefore(Duration before) {
        remindAt = EXPIRES.minus(before);
        return this;
    }

    PageBuilder reportExpiry() {
        reportExpiry = true;
        return this;
    }

    IssuedPage build() {
        List<DownloadPage.Item> items = keys.stream()
                .map(key -> new DownloadPage.Item(
                        new ObjectRef("attache", key, null),
                        null,
                        key.replaceAll(".*/", ""),
                        size,
                        "application/pdf",
                        eTag,
                        ends.get(key)))
                .toList();
        return new IssuedPage(
                "crm",
                "s-1",
                requestId,
                UUID.nameUUIDFromBytes((requestId + address).getBytes(StandardCharsets.UTF_8))
                        .toString(),
                purpose,
                new Recipient(address, "Ana", "pt-BR", null),
                null,
                ISSUED,
                new DownloadPage(items, EXPIRES, maxDownloads, oneTime, confirmAddress, remindAt, reportExpiry, null),
                Channel.EMAIL,
                null,
                null);
    }
}

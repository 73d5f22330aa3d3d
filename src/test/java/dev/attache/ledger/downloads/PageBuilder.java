package dev.attache.ledger.downloads;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds pages for tests: without other settings, one item that can be downloaded for a week. */
public final class PageBuilder {

    public static final Instant ISSUED = Instant.parse("2026-11-20T10:00:00Z");

    public static final String DELIVERY = "0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d";

    private int items = 1;

    private Instant issuedAt = ISSUED;

    private Instant expiresAt = ISSUED.plus(Duration.ofDays(7));

    private List<Instant> ends = List.of();

    private @Nullable Integer maxDownloads;

    private boolean oneTime;

    public PageBuilder items(int count) {
        items = count;
        return this;
    }

    public PageBuilder issuedAt(Instant time) {
        issuedAt = time;
        return this;
    }

    public PageBuilder expiresAt(Instant expiry) {
        expiresAt = expiry;
        return this;
    }

    /** States when S3 deletes the first objects, in the order of the items. */
    public PageBuilder availableUntil(Instant... times) {
        ends = List.of(times);
        return this;
    }

    public PageBuilder maxDownloads(int count) {
        maxDownloads = count;
        return this;
    }

    public PageBuilder oneTime() {
        oneTime = true;
        return this;
    }

    public DownloadPage page() {
        return new DownloadPage(
                IntStream.range(0, items).mapToObj(this::item).toList(),
                expiresAt,
                maxDownloads,
                oneTime,
                false,
                null,
                false,
                null);
    }

    public IssuedPage issued() {
        return new IssuedPage(
                "crm",
                "contract/4711",
                "request-1",
                DELIVERY,
                LinkIssued.Purpose.DOWNLOAD,
                new Recipient("ana@example.com", "Ana", "de", "Europe/Zurich"),
                new MessageText("Offer", "As we agreed."),
                issuedAt,
                page(),
                Channel.EMAIL,
                null,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    private DownloadPage.Item item(int index) {
        return new DownloadPage.Item(
                new ObjectRef("attachments", "downloads/" + index + ".pdf", "v1"),
                "File " + index,
                index + ".pdf",
                1000L + index,
                "application/pdf",
                "e-" + index,
                index < ends.size() ? ends.get(index) : null);
    }
}

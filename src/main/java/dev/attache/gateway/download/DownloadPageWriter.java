package dev.attache.gateway.download;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.download.PageView;
import dev.attache.gateway.PageProblem;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.identity.PageSender;
import dev.attache.gateway.identity.PageSenders;
import dev.attache.ledger.downloads.DownloadAccess;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.storage.FileNames;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Wording;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders the download page, and the notices about one link. */
final class DownloadPageWriter {

    private static final int NAME_LIMIT = 200;

    private static final String GONE = "notice." + DownloadProblem.FILE_GONE + ".heading";

    private final PageWriter pages;
    private final PageSenders senders;
    private final Clock clock;

    DownloadPageWriter(PageWriter pages, PageSenders senders, Clock clock) {
        this.pages = pages;
        this.senders = senders;
        this.clock = clock;
    }

    /**
     * An address that was typed.
     *
     * @param text null if the field was empty
     */
    record Typed(AddressProblem problem, @Nullable String text) {}

    /**
     * A file on the page.
     *
     * @param name the title, or the file's name
     * @param fileName the file's name, if the title differs from it
     * @param facts type and size, as far as they are known
     * @param left how many downloads are left, until when there is another, or that the file is gone; null without a
     *     limit
     * @param until until when it can be downloaded; null if that is the page's expiry
     * @param open whether it may be downloaded
     */
    record Row(
            int index,
            String name,
            @Nullable String fileName,
            String facts,
            @Nullable String left,
            @Nullable String until,
            boolean open) {}

    /**
     * The page with the files.
     *
     * @param until when the page expires
     * @param typed what is wrong with a typed address; null if nothing is
     */
    String download(PageView view, Instant until, PageReader reader, @Nullable Typed typed) {
        IssuedPage issued = view.issued();
        Wording wording = wording(reader, issued);
        PageSender sender = senders.of(issued.source());
        List<Row> rows = rows(view, until, wording);
        Map<String, Object> page = new HashMap<>(sender.variables());
        Optional<String> subject = subject(issued);
        page.put("heading", subject.orElseGet(() -> heading(issued, sender, rows.size(), wording)));
        page.put("ownHeading", subject.isEmpty());
        page.put(
                "paragraphs",
                issued.message() == null
                        ? List.of()
                        : DisplayText.paragraphs(issued.message().text()));
        page.put("until", wording.date(until));
        page.put("untilMachine", until.toString());
        page.put("rows", rows);
        page.put("oneTime", issued.page().oneTime());
        page.put("confirm", view.mustConfirm() && !view.confirmByMail());
        page.put("confirmByMail", view.confirmByMail());
        page.put("addressRefused", typed != null);
        page.put("renewAction", reader.token() + DownloadPageController.RENEW);
        page.put("address", typed == null || typed.text() == null ? "" : typed.text());
        page.put(
                "addressProblem",
                typed == null || view.confirmByMail()
                        ? ""
                        : wording.text("download.address." + typed.problem().name()));
        page.put("inApp", InAppBrowsers.isOne(reader.userAgent()));
        page.put("facts", facts(issued.page(), wording));
        return pages.page("download.html", wording, page);
    }

    /**
     * A page without files.
     *
     * @param view null if there is none, or if the reader must not learn anything of it
     */
    String notice(PageProblem problem, @Nullable PageView view, PageReader reader) {
        Wording wording = wording(reader, view == null ? null : view.issued());
        if (view == null) {
            return pages.notice(problem, wording);
        }
        PageSender sender = senders.of(view.issued().source());
        Map<String, Object> more = new HashMap<>(sender.variables());
        if (problem == DownloadProblem.DOWNLOAD_RENEWABLE) {
            more.put("renewAction", reader.token() + DownloadPageController.RENEW);
        }
        // What is done has the same answer in every state.
        if (!problem.isDone()
                && view.state() instanceof State.Open
                && view.issued().page().items().size() > 1) {
            more.put("back", reader.token());
        }
        return pages.notice(problem, wording, more, sender.name(), expiry(view, wording));
    }

    private Wording wording(PageReader reader, @Nullable IssuedPage issued) {
        return issued == null
                ? pages.wording(reader.acceptLanguage(), null)
                : pages.recipientWording(issued.recipient(), reader.acceptLanguage());
    }

    private static String expiry(PageView view, Wording wording) {
        return wording.date(
                view.state() instanceof State.Expired(Instant since)
                        ? since
                        : view.issued().page().expiresAt());
    }

    private static String heading(IssuedPage issued, PageSender sender, int files, Wording wording) {
        if (issued.purpose() == Purpose.PURCHASE) {
            return wording.text("download.purchase", sender.name());
        }
        if (issued.purpose() == Purpose.ARRIVAL) {
            return wording.counted("download.arrival", files);
        }
        return wording.counted("download.heading", files, sender.name(), files);
    }

    private static Optional<String> subject(IssuedPage issued) {
        return Optional.ofNullable(issued.message())
                .map(MessageText::subject)
                .map(subject -> DisplayText.line(subject, NAME_LIMIT))
                .filter(subject -> !subject.isEmpty());
    }

    /** The order of a purchase, by the keys of its labels. */
    private static Map<String, String> facts(DownloadPage page, Wording wording) {
        DownloadPage.Order order = page.order();
        if (order == null) {
            return Map.of();
        }
        String id = DisplayText.line(order.orderId(), NAME_LIMIT);
        String purchased = wording.date(order.purchasedAt());
        return id.isEmpty() ? Map.of("purchased", purchased) : Map.of("order", id, "purchased", purchased);
    }

    private List<Row> rows(PageView view, Instant until, Wording wording) {
        DownloadPage page = view.issued().page();
        Instant now = clock.instant();
        return IntStream.range(0, page.items().size())
                .mapToObj(index -> row(page, index, view.use().item(index), until, now, wording))
                .toList();
    }

    private static Row row(DownloadPage page, int index, ItemUse use, Instant until, Instant now, Wording wording) {
        DownloadPage.Item item = page.items().get(index);
        String fileName = FileNames.forDisplay(item.fileName());
        String title = item.title() == null || item.title().equals(item.fileName())
                ? ""
                : DisplayText.line(item.title(), NAME_LIMIT);
        boolean gone = item.isGone(now);
        boolean open = !gone && !DownloadAccess.isExhausted(page, use, now);
        Instant end = item.availableUntil();
        return new Row(
                index,
                title.isEmpty() ? fileName : title,
                title.isEmpty() || title.equals(fileName) ? null : fileName,
                fileFacts(item, wording),
                open ? left(page, use, until, wording) : wording.text(gone ? GONE : "download.left.none"),
                open && end != null && end.isBefore(until) ? wording.date(end) : null,
                open);
    }

    /** A one-time file that was downloaded before has only some minutes left. */
    private static @Nullable String left(DownloadPage page, ItemUse use, Instant until, Wording wording) {
        Instant first = use.first();
        if (page.oneTime() && first != null) {
            Instant end = first.plus(DownloadAccess.REPEATABLE);
            Instant again = end.isBefore(until) ? end : until;
            return wording.text("download.again", wording.time(first), wording.time(again), wording.zoneName(again));
        }
        Integer most = page.maxDownloads();
        if (most == null) {
            return null;
        }
        int left = most - use.count();
        return wording.counted("download.left", left, left);
    }

    private static String fileFacts(DownloadPage.Item item, Wording wording) {
        return Stream.of(
                        wording.fileType(item.contentType(), item.fileName()),
                        Optional.ofNullable(item.contentLength()).map(wording::size))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
    }
}

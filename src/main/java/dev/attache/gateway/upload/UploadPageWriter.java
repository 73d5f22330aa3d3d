package dev.attache.gateway.upload;

import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.UploadTerms;
import dev.attache.gateway.PageProblem;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.identity.PageSenders;
import dev.attache.ledger.OpenUpload;
import dev.attache.upload.Receipt;
import dev.attache.upload.UploadEnding;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Wording;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders the upload page, and the notices and problems about one upload. */
final class UploadPageWriter {

    private static final int NAME_LIMIT = 200;

    private final PageWriter pages;
    private final PageSenders senders;
    private final ToLongFunction<UploadTerms> partsAbove;

    /** @param partsAbove the size in bytes above which the page sends a file in parts */
    UploadPageWriter(PageWriter pages, PageSenders senders, ToLongFunction<UploadTerms> partsAbove) {
        this.pages = pages;
        this.senders = senders;
        this.partsAbove = partsAbove;
    }

    /** A file that has arrived, as the page shows it. */
    record ShownFile(String name, String size, String time, String timeMachine) {}

    /**
     * The page on which a person chooses and sends files.
     *
     * @param asker the display name of the upload's source
     * @param remaining the time until the upload expires
     */
    String upload(OpenUpload upload, String asker, Duration remaining, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        UploadTerms terms = upload.terms();
        Map<String, Object> page = new HashMap<>(facts(upload, asker, wording));
        page.putAll(senders.of(upload.source()).variables());
        page.put("heading", subject(upload).orElseGet(() -> heading(terms, asker, wording)));
        page.put(
                "paragraphs",
                upload.message() == null
                        ? List.of()
                        : DisplayText.paragraphs(upload.message().text()));
        page.put("received", received(upload, wording));
        page.put("reference", Receipt.of(upload).reference());
        page.putAll(settings(upload, wording));
        page.put("multipartThreshold", partsAbove.applyAsLong(terms));
        page.put("expiresIn", Math.max(0, remaining.toMillis()));
        return pages.page("upload.html", wording, page);
    }

    /** What the page's script needs. */
    private static Map<String, Object> settings(OpenUpload upload, Wording wording) {
        UploadTerms terms = upload.terms();
        Long exact = terms.contentLength();
        List<String> endings = FileExtensions.endings(terms.contentTypes());
        return Map.of(
                "pageId", upload.pageId(),
                "accept",
                        String.join(
                                ",",
                                Stream.concat(terms.contentTypes().stream(), endings.stream())
                                        .toList()),
                "contentTypes", String.join(" ", terms.contentTypes()),
                "endings", String.join(" ", endings),
                "maxBytes", terms.maxBytes(),
                "exactBytes", exact == null ? "" : exact.toString(),
                "maxFiles", terms.mostFiles(),
                "remainingFiles", terms.mostFiles() - upload.arrived().size(),
                "timeZone", wording.zone().getId(),
                "longestReason", UploadEnding.LONGEST_REASON);
    }

    /**
     * A page that says why no file can be sent, with the receipt of what has arrived.
     *
     * @param upload null if there is none
     * @param asker the display name of the upload's source; empty if there is no upload
     */
    String notice(PageProblem problem, @Nullable OpenUpload upload, String asker, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        if (upload == null) {
            return pages.notice(problem, wording, Map.of(), DisplayText.line(asker, NAME_LIMIT), "");
        }
        Map<String, Object> more = new HashMap<>(senders.of(upload.source()).variables());
        more.put("received", received(upload, wording));
        more.put("reference", Receipt.of(upload).reference());
        return pages.notice(
                problem, wording, more, DisplayText.line(asker, NAME_LIMIT), wording.date(upload.expiresAt()));
    }

    /**
     * The sentence that says what is wrong with a file.
     *
     * @param upload null if there is none
     */
    String sentence(PageProblem problem, @Nullable OpenUpload upload, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        if (upload == null) {
            return pages.sentence(problem, wording, "", "");
        }
        UploadTerms terms = upload.terms();
        return pages.sentence(problem, wording, size(terms, wording), wording.types(terms.contentTypes()));
    }

    private Wording wording(@Nullable String acceptLanguage, @Nullable OpenUpload upload) {
        return pages.wording(acceptLanguage, upload == null ? null : upload.recipient());
    }

    private static Map<String, Object> facts(OpenUpload upload, String asker, Wording wording) {
        UploadTerms terms = upload.terms();
        return Map.of(
                "asker", DisplayText.line(asker, NAME_LIMIT),
                "until", wording.date(upload.expiresAt()),
                "untilMachine", upload.expiresAt().toString(),
                "types", wording.types(terms.contentTypes()),
                "size", size(terms, wording),
                "exact", terms.contentLength() != null,
                "unitBase", Wording.unitBase(stated(terms)));
    }

    private static String heading(UploadTerms terms, String asker, Wording wording) {
        return wording.text(
                terms.mostFiles() > 1 ? "page.heading.many" : "page.heading", DisplayText.line(asker, NAME_LIMIT));
    }

    /** Sizes are in the units of the limit, so that a person can compare them. */
    private static List<ShownFile> received(OpenUpload upload, Wording wording) {
        int base = Wording.unitBase(stated(upload.terms()));
        return Receipt.of(upload).files().stream()
                .map(file -> new ShownFile(
                        DisplayText.line(file.name(), NAME_LIMIT),
                        wording.size(file.size(), base),
                        wording.date(file.receivedAt()),
                        file.receivedAt().toString()))
                .toList();
    }

    private static long stated(UploadTerms terms) {
        return terms.contentLength() != null ? terms.contentLength() : terms.maxBytes();
    }

    private static String size(UploadTerms terms, Wording wording) {
        return wording.statedSize(stated(terms));
    }

    private static Optional<String> subject(OpenUpload upload) {
        return Optional.ofNullable(upload.message())
                .map(MessageText::subject)
                .map(subject -> DisplayText.line(subject, NAME_LIMIT))
                .filter(subject -> !subject.isEmpty());
    }
}

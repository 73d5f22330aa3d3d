package dev.attache.gateway.upload;

import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.UploadTerms;
import dev.attache.gateway.PageProblem;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.identity.PageSenders;
import dev.attache.ledger.OpenUpload;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Wording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renders the upload page, and the notices and problems about one upload. */
final class UploadPageWriter {

    private static final int NAME_LIMIT = 200;

    private final PageWriter pages;
    private final PageSenders senders;

    UploadPageWriter(PageWriter pages, PageSenders senders) {
        this.pages = pages;
        this.senders = senders;
    }

    /**
     * The page on which a person chooses and sends a file.
     *
     * @param asker the display name of the upload's source
     */
    String upload(OpenUpload upload, String asker, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        UploadTerms terms = upload.terms();
        Long exact = terms.contentLength();
        Map<String, Object> page = new HashMap<>(facts(upload, asker, wording));
        page.putAll(senders.of(upload.source()).variables());
        page.put(
                "heading",
                subject(upload).orElseGet(() -> wording.text("page.heading", DisplayText.line(asker, NAME_LIMIT))));
        page.put(
                "paragraphs",
                upload.message() == null
                        ? List.of()
                        : DisplayText.paragraphs(upload.message().text()));
        page.put("signUrl", upload.pageId() + UploadSignController.PATH_SUFFIX);
        page.put("accept", String.join(",", terms.contentTypes()));
        page.put("contentTypes", String.join(" ", terms.contentTypes()));
        page.put("maxBytes", terms.maxBytes());
        page.put("exactBytes", exact == null ? "" : exact.toString());
        return pages.page("upload.html", wording, page);
    }

    /**
     * A page that says why no file can be sent.
     *
     * @param upload null if there is none
     * @param asker the display name of the upload's source; empty if there is no upload
     */
    String notice(PageProblem problem, @Nullable OpenUpload upload, String asker, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        return pages.notice(
                problem,
                wording,
                upload == null ? Map.of() : senders.of(upload.source()).variables(),
                DisplayText.line(asker, NAME_LIMIT),
                upload == null ? "" : wording.date(upload.expiresAt()));
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
                "asker",
                DisplayText.line(asker, NAME_LIMIT),
                "until",
                wording.date(upload.expiresAt()),
                "untilMachine",
                upload.expiresAt().toString(),
                "types",
                wording.types(terms.contentTypes()),
                "size",
                size(terms, wording),
                "exact",
                terms.contentLength() != null);
    }

    private static String size(UploadTerms terms, Wording wording) {
        Long exact = terms.contentLength();
        return wording.size(exact != null ? exact : terms.maxBytes());
    }

    private static Optional<String> subject(OpenUpload upload) {
        return Optional.ofNullable(upload.message())
                .map(MessageText::subject)
                .map(subject -> DisplayText.line(subject, NAME_LIMIT))
                .filter(subject -> !subject.isEmpty());
    }
}

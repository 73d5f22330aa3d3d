package dev.attache.gateway;

import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import dev.attache.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Writes the pages, in the language of the one who reads them. */
public final class PageWriter {

    public static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final int NAME_LIMIT = 200;

    private final Templates templates;
    private final Languages languages;
    private final ZoneId zone;

    public PageWriter(Templates templates, Languages languages, ZoneId zone) {
        this.templates = templates;
        this.languages = languages;
        this.zone = zone;
    }

    /** The language for this {@code Accept-Language}: one of a fixed list. */
    Locale language(@Nullable String acceptLanguage) {
        return languages.of(acceptLanguage, null);
    }

    /** The page on which a file is picked and sent. */
    public String upload(OpenUpload upload, String asker, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        UploadTerms terms = upload.terms();
        Long exact = terms.contentLength();
        Map<String, Object> page = new HashMap<>(facts(upload, asker, wording));
        page.put("lang", wording.locale().toLanguageTag());
        page.put(
                "heading",
                subject(upload).orElseGet(() -> wording.text("page.heading", DisplayText.line(asker, NAME_LIMIT))));
        page.put(
                "paragraphs",
                upload.message() == null
                        ? List.of()
                        : DisplayText.paragraphs(upload.message().text()));
        page.put("signUrl", upload.pageId() + "/sign");
        page.put("accept", String.join(",", terms.contentTypes()));
        page.put("contentTypes", String.join(" ", terms.contentTypes()));
        page.put("maxBytes", terms.maxBytes());
        page.put("exactBytes", exact == null ? "" : exact.toString());
        return templates.render("upload.html", wording.locale(), page);
    }

    /**
     * A page that says why there is nothing to do.
     *
     * @param upload absent when there is none
     */
    public String notice(
            UploadProblem problem, @Nullable OpenUpload upload, String asker, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        Map<String, Object> page = new HashMap<>();
        page.put("lang", wording.locale().toLanguageTag());
        page.put("done", problem == UploadProblem.ALREADY_ARRIVED);
        page.put("heading", wording.text("notice." + problem + ".heading"));
        page.put(
                "text",
                wording.text(
                        "notice." + problem + ".text",
                        DisplayText.line(asker, NAME_LIMIT),
                        upload == null ? "" : wording.date(upload.expiresAt())));
        return templates.render("notice.html", wording.locale(), page);
    }

    /** The sentence that says what is wrong with a file. */
    public String sentence(UploadProblem problem, @Nullable OpenUpload upload, @Nullable String acceptLanguage) {
        Wording wording = wording(acceptLanguage, upload);
        if (upload == null) {
            return wording.text("problem." + problem, "", "");
        }
        UploadTerms terms = upload.terms();
        return wording.text("problem." + problem, size(terms, wording), wording.types(terms.contentTypes()));
    }

    private Map<String, Object> facts(OpenUpload upload, String asker, Wording wording) {
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

    private Wording wording(@Nullable String acceptLanguage, @Nullable OpenUpload upload) {
        Recipient recipient = upload == null ? null : upload.recipient();
        Locale locale = languages.of(acceptLanguage, recipient == null ? null : recipient.locale());
        return new Wording(
                templates.texts(), locale, Wording.zone(recipient == null ? null : recipient.timeZone(), zone));
    }
}

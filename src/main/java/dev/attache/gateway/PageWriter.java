package dev.attache.gateway;

import dev.attache.contract.value.Recipient;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import dev.attache.wording.Wording;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Renders pages and notices in the reader's language. */
public final class PageWriter {

    public static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Templates templates;
    private final Languages languages;
    private final ZoneId zone;
    private final String root;

    /**
     * @param zone the time zone of dates for recipients whose time zone is unknown
     * @param root the path of the public address, with or without a slash at the end; empty for none
     */
    public PageWriter(Templates templates, Languages languages, ZoneId zone, String root) {
        this.templates = templates;
        this.languages = languages;
        this.zone = zone;
        this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    /**
     * The language and time zone of a reader.
     *
     * @param acceptLanguage the browser's {@code Accept-Language} header; it takes precedence over the recipient
     * @param recipient who the page is for; null if unknown
     */
    public Wording wording(@Nullable String acceptLanguage, @Nullable Recipient recipient) {
        return wording(languages.of(acceptLanguage, recipient == null ? null : recipient.locale()), recipient);
    }

    /**
     * The language and time zone of a recipient, for a page that continues a mail.
     *
     * @param acceptLanguage the browser's {@code Accept-Language} header, for a recipient whose language is unknown or
     *     has no texts
     */
    public Wording recipientWording(Recipient recipient, @Nullable String acceptLanguage) {
        return wording(languages.ofRecipient(recipient.locale(), acceptLanguage), recipient);
    }

    private Wording wording(Locale locale, @Nullable Recipient recipient) {
        return new Wording(
                templates.texts(), locale, Wording.zone(recipient == null ? null : recipient.timeZone(), zone));
    }

    /**
     * Renders a page.
     *
     * @param template the file in {@code templates/pages}
     */
    public String page(String template, Wording wording, Map<String, ?> variables) {
        Map<String, Object> page = new HashMap<>(variables);
        page.put("lang", wording.locale().toLanguageTag());
        page.put("assets", root + "/assets");
        return templates.render(template, wording.locale(), page);
    }

    /**
     * Renders a page that says why there is nothing to do.
     *
     * @param arguments the arguments of the problem's {@code notice} text
     */
    public String notice(PageProblem problem, Wording wording, Object... arguments) {
        return notice(problem, wording, Map.of(), arguments);
    }

    /**
     * Renders such a page with a sender or a next step.
     *
     * @param more further variables of the template: {@code sender}, {@code renewAction}, {@code back}
     */
    public String notice(PageProblem problem, Wording wording, Map<String, ?> more, Object... arguments) {
        Map<String, Object> notice = new HashMap<>(more);
        notice.put("done", problem.isDone());
        notice.put("heading", wording.text("notice." + problem.name() + ".heading"));
        notice.put("text", wording.text("notice." + problem.name() + ".text", arguments));
        return page("notice.html", wording, notice);
    }

    /**
     * The problem as a sentence.
     *
     * @param arguments the arguments of the problem's text
     */
    public String sentence(PageProblem problem, Wording wording, Object... arguments) {
        return wording.text("problem." + problem.name(), arguments);
    }
}

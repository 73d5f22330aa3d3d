package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.source.SourcePolicy;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Languages;
import dev.attache.wording.Wording;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Writes the texts of a mail in the recipient's language. */
public final class MailContentWriter {

    private static final int SUBJECT_LIMIT = 200;
    private static final int NAME_LIMIT = 200;

    private final MessageSource texts;
    private final Languages languages;
    private final ZoneId zone;

    /** @param zone the time zone of dates for recipients whose time zone is unknown */
    public MailContentWriter(MessageSource texts, Languages languages, ZoneId zone) {
        this.texts = texts;
        this.languages = languages;
        this.zone = zone;
    }

    /** Writes the texts of one mail. */
    public MailContent write(Delivery delivery) {
        LinkIssued issued = delivery.issued();
        Locale locale = languages.of(delivery.recipient().locale());
        Wording wording =
                new Wording(texts, locale, Wording.zone(delivery.recipient().timeZone(), zone));
        String sender = DisplayText.line(delivery.source().displayName(), NAME_LIMIT);
        List<MailContent.Item> items = ItemsWriter.items(issued, wording);
        PurposeTexts texts =
                new PurposeTexts(issued.purpose(), ItemsWriter.count(issued), issued.received(), sender, wording);
        return new MailContent(
                locale,
                sender,
                subject(issued, texts),
                texts.heading(),
                greeting(delivery, wording),
                paragraphs(issued, texts),
                ItemsWriter.button(issued, wording),
                items,
                more(issued, items.size(), wording),
                FactsWriter.facts(issued, wording),
                items.size() > 1
                        || issued.purpose() == Purpose.PURCHASE
                        || FactsWriter.order(issued).isPresent(),
                FactsWriter.limits(issued, wording),
                notes(issued, delivery.source(), sender, wording),
                unsubscribeLink(delivery, sender, wording),
                BrandWriter.write(delivery.source().identity(), wording));
    }

    /** The sender's own subject. A reminder or renewal also says what it is. */
    private static String subject(LinkIssued issued, PurposeTexts texts) {
        Optional<String> own = Optional.ofNullable(issued.message())
                .map(MessageText::subject)
                .map(subject -> DisplayText.line(subject, SUBJECT_LIMIT))
                .filter(subject -> !subject.isEmpty());
        return switch (issued.purpose()) {
            case DOWNLOAD, PURCHASE, UPLOAD, ARRIVAL, RECEIPT -> own.orElseGet(texts::subject);
            case REMINDER, RENEWAL -> own.map(texts::subjectAbout).orElseGet(texts::subject);
        };
    }

    private static String greeting(Delivery delivery, Wording wording) {
        return DisplayText.name(delivery.recipient().name())
                .map(name -> wording.text("greeting.name", name))
                .orElseGet(() -> wording.text("greeting"));
    }

    /**
     * The message of the request replaces the default text. In an upload mail it precedes the text, which has
     * instructions; in a reminder or renewal it follows the text, which says why there is another mail.
     */
    private static List<List<String>> paragraphs(LinkIssued issued, PurposeTexts texts) {
        MessageText message = issued.message();
        List<List<String>> own = DisplayText.paragraphs(message == null ? null : message.text());
        List<String> text = List.of(texts.text());
        List<List<String>> paragraphs = new ArrayList<>(own);
        switch (issued.purpose()) {
            case UPLOAD -> paragraphs.addLast(text);
            case REMINDER, RENEWAL -> paragraphs.addFirst(text);
            case DOWNLOAD, PURCHASE, ARRIVAL, RECEIPT -> {
                if (own.isEmpty()) {
                    paragraphs.add(text);
                }
            }
        }
        return paragraphs;
    }

    private static String more(LinkIssued issued, int listed, Wording wording) {
        DownloadPage page = issued.page();
        return page == null || page.items().size() == listed
                ? ""
                : wording.text("items.more", page.items().size() - listed);
    }

    private static List<String> notes(LinkIssued issued, SourcePolicy source, String sender, Wording wording) {
        if (issued.purpose() == Purpose.RECEIPT) {
            return List.of(wording.counted("note.receipt", ItemsWriter.count(issued), sender));
        }
        // A page is one link to all files.
        int links = issued.page() == null ? Math.max(1, ItemsWriter.count(issued)) : 1;
        String secret = secret(issued, source, links, sender, wording);
        return issued.channel() == Channel.NEWSLETTER
                ? List.of(secret)
                : List.of(secret, wording.counted("note.unexpected", links, sender));
    }

    private static String secret(LinkIssued issued, SourcePolicy source, int links, String sender, Wording wording) {
        if (issued.purpose() == Purpose.UPLOAD) {
            return wording.text("note.secret.upload");
        }
        if (issued.page() == null) {
            return wording.counted("note.secret", links);
        }
        // A renewal may be the last one that the source allows.
        if (source.renewals() > 0 && issued.purpose() != Purpose.RENEWAL) {
            return wording.text("note.secret.page.renewable");
        }
        // Who sent the file of an upload cannot send a new link.
        return issued.purpose() == Purpose.ARRIVAL
                ? wording.text("note.secret.page.arrival", sender)
                : wording.text("note.secret.page");
    }

    private static MailContent.@Nullable UnsubscribeLink unsubscribeLink(
            Delivery delivery, String sender, Wording wording) {
        return Unsubscribe.from(delivery)
                .map(unsubscribe -> new MailContent.UnsubscribeLink(
                        wording.text("newsletter.reason", sender),
                        wording.text("newsletter.unsubscribe"),
                        unsubscribe.url()))
                .orElse(null);
    }
}

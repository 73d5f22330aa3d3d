package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.UploadTerms;
import dev.attache.storage.FileNames;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Languages;
import dev.attache.wording.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Writes the texts of a mail in the recipient's language. */
public final class MailContentWriter {

    private static final int SUBJECT_LIMIT = 200;
    private static final int TITLE_LIMIT = 200;

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
        String sender = DisplayText.line(delivery.source().displayName(), TITLE_LIMIT);
        String purpose = issued.purpose().name().toLowerCase(Locale.ROOT);
        String heading = wording.text(purpose + ".heading", sender);
        return new MailContent(
                locale,
                sender,
                subject(issued.message()).orElseGet(() -> wording.text(purpose + ".subject", sender)),
                heading,
                greeting(delivery, wording),
                paragraphs(issued, purpose, sender, wording),
                issued.links().stream()
                        .map(link -> item(link, issued.purpose(), wording))
                        .toList(),
                facts(issued, wording),
                notes(issued, sender, wording),
                unsubscribeLink(delivery, sender, wording));
    }

    private static Optional<String> subject(@Nullable MessageText message) {
        return Optional.ofNullable(message)
                .map(MessageText::subject)
                .map(subject -> DisplayText.line(subject, SUBJECT_LIMIT))
                .filter(subject -> !subject.isEmpty());
    }

    private static String greeting(Delivery delivery, Wording wording) {
        return DisplayText.name(delivery.recipient().name())
                .map(name -> wording.text("greeting.name", name))
                .orElseGet(() -> wording.text("greeting"));
    }

    /** The message of the request replaces the default text, except in upload mails, which also need instructions. */
    private static List<List<String>> paragraphs(LinkIssued issued, String purpose, String sender, Wording wording) {
        List<List<String>> paragraphs = new ArrayList<>();
        if (issued.message() != null) {
            paragraphs.addAll(DisplayText.paragraphs(issued.message().text()));
        }
        if (paragraphs.isEmpty() || issued.purpose() == Purpose.UPLOAD) {
            paragraphs.add(List.of(wording.text(purpose + ".text", sender)));
        }
        return paragraphs;
    }

    private static MailContent.Item item(Link link, Purpose purpose, Wording wording) {
        if (purpose == Purpose.UPLOAD) {
            return new MailContent.Item(
                    "", "", wording.text("upload.action"), link.url().reveal());
        }
        Long size = link.contentLength();
        String type = link.contentType();
        String details = Stream.of(
                        Optional.ofNullable(type).filter(wording::knows).map(wording::type),
                        Optional.ofNullable(size).map(wording::size))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
        return new MailContent.Item(
                title(link),
                details,
                wording.text("download.action"),
                link.url().reveal());
    }

    private static String title(Link link) {
        String title = link.title();
        String fileName = link.fileName();
        if (title != null && !title.equals(fileName)) {
            return DisplayText.line(title, TITLE_LIMIT);
        }
        ObjectRef object = link.object();
        return fileName == null && object != null
                ? FileNames.ofKey(object.key())
                : FileNames.forDisplay(fileName == null ? "" : fileName);
    }

    private static List<MailContent.Fact> facts(LinkIssued issued, Wording wording) {
        List<MailContent.Fact> facts = new ArrayList<>();
        facts.add(new MailContent.Fact(wording.text("fact.until"), wording.date(earliestExpiry(issued))));
        UploadTerms terms = issued.upload();
        if (terms != null) {
            facts.add(new MailContent.Fact(wording.text("fact.types"), wording.types(terms.contentTypes())));
            Long exact = terms.contentLength();
            facts.add(new MailContent.Fact(
                    wording.text("fact.size"),
                    exact != null
                            ? wording.size(exact)
                            : wording.text("fact.size.most", wording.size(terms.maxBytes()))));
        }
        return facts;
    }

    /** The links may expire at different times; the mail states the earliest. */
    private static Instant earliestExpiry(LinkIssued issued) {
        return issued.links().stream()
                .map(Link::expiresAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static List<String> notes(LinkIssued issued, String sender, Wording wording) {
        String secret = wording.text(issued.purpose() == Purpose.UPLOAD ? "note.secret.upload" : "note.secret");
        return issued.channel() == Channel.NEWSLETTER
                ? List.of(secret)
                : List.of(secret, wording.text("note.unexpected", sender));
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

package dev.attache.delivery.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Writes the plain text of a mail. With a template instead, composing a mail allocated 304 kB and not 224 kB; and
 * templates for plain text are hard to read, because every line break in them counts.
 */
final class PlainText {

    private final MailContent mail;

    private final MessageSource texts;

    private final StringBuilder text = new StringBuilder(2000);

    private PlainText(MailContent mail, MessageSource texts) {
        this.mail = mail;
        this.texts = texts;
    }

    /** @param texts a message bundle that includes {@code messages/wording} */
    static String of(MailContent mail, MessageSource texts) {
        PlainText plain = new PlainText(mail, texts);
        plain.write();
        return plain.text.toString();
    }

    private void write() {
        paragraph(mail.heading());
        paragraph(mail.greeting());
        mail.paragraphs().forEach(this::paragraph);
        boolean list = mail.items().size() > 1;
        if (mail.factsFirst()) {
            facts();
        }
        if (list) {
            button(mail.button());
        }
        mail.items().forEach(this::item);
        if (!mail.more().isEmpty()) {
            line(mail.more());
        }
        if (list) {
            blankLine();
        } else {
            button(mail.button());
        }
        if (!mail.factsFirst()) {
            facts();
        }
        mail.notes().forEach(this::paragraph);
        unsubscribe(mail.unsubscribe());
        mail.brand().links().forEach(link -> line(labelled(link.label(), link.address())));
    }

    private void facts() {
        mail.facts().forEach(fact -> line(labelled(fact.label(), fact.value())));
        mail.limits().forEach(this::line);
        blankLine();
    }

    private void item(MailContent.Item item) {
        line(item.details().isEmpty() ? item.title() : message("item", item.title(), item.details()));
        button(item.button());
    }

    private void button(MailContent.@Nullable Button button) {
        if (button != null) {
            line(message("label", button.action()));
            paragraph(button.url());
        }
    }

    private void unsubscribe(MailContent.@Nullable UnsubscribeLink unsubscribe) {
        if (unsubscribe != null) {
            line(unsubscribe.reason());
            paragraph(labelled(unsubscribe.action(), unsubscribe.url()));
        }
    }

    private String labelled(String label, String value) {
        return message("labelled", label, value);
    }

    private String message(String key, Object... arguments) {
        return texts.getMessage(key, arguments, mail.locale());
    }

    private void paragraph(List<String> lines) {
        lines.forEach(this::line);
        blankLine();
    }

    private void paragraph(String line) {
        line(line);
        blankLine();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** One, however often it is called. */
    private void blankLine() {
        if (text.charAt(text.length() - 2) != '\n') {
            text.append('\n');
        }
    }
}

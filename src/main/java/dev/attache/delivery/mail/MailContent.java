package dev.attache.delivery.mail;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The texts and links of a mail, in the recipient's language and without control characters. The templates define the
 * layout.
 *
 * @param sender the display name of the source
 * @param subject one line
 * @param heading the heading above the text
 * @param paragraphs the text; each paragraph is a list of lines
 * @param items the links, at least one
 * @param facts labelled values, such as the expiry
 * @param notes the last lines in small print
 * @param unsubscribe how to unsubscribe from a newsletter; null in other mails
 */
public record MailContent(
        Locale locale,
        String sender,
        String subject,
        String heading,
        String greeting,
        List<List<String>> paragraphs,
        List<Item> items,
        List<Fact> facts,
        List<String> notes,
        @Nullable UnsubscribeLink unsubscribe) {

    /**
     * One link.
     *
     * @param details type and size; empty if both are unknown
     * @param action the text of the button
     * @param url must be used unchanged, because it may be signed
     */
    public record Item(String title, String details, String action, String url) {

        /** Does not contain the link, which is a secret. */
        @Override
        public String toString() {
            return "Item[" + title + "]";
        }
    }

    /** A labelled value. */
    record Fact(String label, String value) {}

    /** The reason why the recipient gets the mail, and the link to unsubscribe. */
    record UnsubscribeLink(String reason, String action, String url) {}
}

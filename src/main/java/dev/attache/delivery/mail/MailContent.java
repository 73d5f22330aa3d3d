package dev.attache.delivery.mail;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, in the recipient's language and fit to be shown; what it looks like is the template's business.
 *
 * @param sender who it is from, as people know them
 * @param subject one line
 * @param heading the same in other words, above the text
 * @param paragraphs the text: paragraphs, each a list of lines
 * @param items what there is to open, at least one
 * @param facts what else there is to know
 * @param notes the small print
 * @param unsubscribe how to end a newsletter; absent from other mails
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
        @Nullable Farewell unsubscribe) {

    /**
     * One link.
     *
     * @param details size and type, as far as they are known; may be empty
     * @param action what stands on the button
     * @param url to be used exactly as it stands, for it may be signed
     */
    public record Item(String title, String details, String action, String url) {

        /** Without the link, which is a secret. */
        @Override
        public String toString() {
            return "Item[" + title + "]";
        }
    }

    /** One line of a small table. */
    record Fact(String label, String value) {}

    /** How to unsubscribe. */
    record Farewell(String reason, String action, String url) {}
}

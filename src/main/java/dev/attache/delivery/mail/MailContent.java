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
 * @param button the button to the page that the mail links to; null if each item has its own button, or in a receipt
 * @param items the files of the mail; empty if it asks for one
 * @param more says how many further files the page has; empty if the mail lists all
 * @param facts labelled values, such as the expiry
 * @param factsFirst whether the facts precede the items
 * @param limits sentences about what the recipient can do how often
 * @param notes the last lines in small print
 * @param unsubscribe how to unsubscribe from a newsletter; null in other mails
 * @param brand the source's colours, logo and links
 */
public record MailContent(
        Locale locale,
        String sender,
        String subject,
        String heading,
        String greeting,
        List<List<String>> paragraphs,
        @Nullable Button button,
        List<Item> items,
        String more,
        List<Fact> facts,
        boolean factsFirst,
        List<String> limits,
        List<String> notes,
        @Nullable UnsubscribeLink unsubscribe,
        Brand brand) {

    /**
     * A button with its link.
     *
     * @param action the text of the button
     * @param url must be used unchanged, because it may be signed
     */
    public record Button(String action, String url) {

        /** Does not contain the link, which is a secret. */
        @Override
        public String toString() {
            return "Button[" + action + "]";
        }
    }

    /**
     * One file.
     *
     * @param details type and size; empty if both are unknown
     * @param button downloads the file; null if the mail links to a page, or in a receipt
     */
    public record Item(
            String title, String details, @Nullable Button button) {}

    /** A labelled value. */
    record Fact(String label, String value) {}

    /** The reason why the recipient gets the mail, and the link to unsubscribe. */
    record UnsubscribeLink(String reason, String action, String url) {}

    /**
     * How the source presents itself.
     *
     * @param color the colour of buttons, with white text on it
     * @param darkColor the colour of buttons in a dark design, with dark text on it
     * @param logo the URL of an image; null for none
     * @param links to the source's contact, imprint and privacy policy
     */
    record Brand(String color, String darkColor, @Nullable String logo, List<FooterLink> links) {}

    /**
     * A link at the end of the mail.
     *
     * @param text the text of the link, which is a label or an address
     * @param url an {@code https} or {@code mailto} URL
     * @param address what a plain text shows after the label
     */
    record FooterLink(String label, String text, String url, String address) {}
}

package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.wording.Wording;
import java.util.Locale;

/**
 * The default texts of a mail.
 *
 * @param purpose the purpose of the mail
 * @param files how many files the recipient can download; 0 in a mail that asks for one
 * @param sender the display name of the source
 * @param wording the recipient's language
 */
record PurposeTexts(Purpose purpose, int files, String sender, Wording wording) {

    String subject() {
        return switch (purpose) {
            case DOWNLOAD -> wording.counted("download.subject", files, sender, files);
            case REMINDER -> wording.counted("reminder.subject", files, sender);
            case PURCHASE, UPLOAD, ARRIVAL, RENEWAL -> wording.text(key("subject"), sender);
        };
    }

    /** The subject of a reminder or renewal of a mail with a subject of its own. */
    String subjectAbout(String own) {
        return wording.text(key("subject.about"), own);
    }

    String heading() {
        return switch (purpose) {
            case DOWNLOAD -> wording.counted("download.heading", files, sender, files);
            case REMINDER -> wording.counted("reminder.heading", files);
            case PURCHASE, UPLOAD, ARRIVAL, RENEWAL -> wording.text(key("heading"), sender);
        };
    }

    String text() {
        return switch (purpose) {
            case DOWNLOAD -> wording.counted("download.text", files);
            case REMINDER -> wording.counted("reminder.text", files, sender, files);
            case RENEWAL -> wording.counted("renewal.text", files, sender);
            case PURCHASE, UPLOAD, ARRIVAL -> wording.text(key("text"), sender);
        };
    }

    private String key(String part) {
        return purpose.name().toLowerCase(Locale.ROOT) + "." + part;
    }
}

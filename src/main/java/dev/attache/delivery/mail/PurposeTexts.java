package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.wording.Wording;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The default texts of a mail.
 *
 * @param purpose the purpose of the mail
 * @param files how many files the recipient can download, or of a receipt; 0 in a mail that asks for one
 * @param received what has arrived; null in mails that are not about that
 * @param sender the display name of the source
 * @param wording the recipient's language
 */
record PurposeTexts(Purpose purpose, int files, @Nullable ReceivedUpload received, String sender, Wording wording) {

    String subject() {
        return switch (purpose) {
            case DOWNLOAD -> wording.counted("download.subject", files, sender, files);
            case REMINDER -> wording.counted("reminder.subject", files, sender);
            case ARRIVAL -> referred(sent().orElseGet(() -> wording.counted("arrival.subject", files, sender)));
            case RECEIPT -> referred(heading());
            case PURCHASE, UPLOAD, RENEWAL -> wording.text(key("subject"), sender);
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
            case ARRIVAL -> sent().orElseGet(() -> wording.counted("arrival.heading", files));
            case RECEIPT -> wording.counted("receipt.subject", files, sender, files);
            case PURCHASE, UPLOAD, RENEWAL -> wording.text(key("heading"), sender);
        };
    }

    String text() {
        return switch (purpose) {
            case DOWNLOAD -> wording.counted("download.text", files);
            case REMINDER -> wording.counted("reminder.text", files, sender, files);
            case RENEWAL -> wording.counted("renewal.text", files, sender);
            case ARRIVAL, RECEIPT -> wording.counted(key("text"), files);
            case PURCHASE, UPLOAD -> wording.text(key("text"), sender);
        };
    }

    private Optional<String> sent() {
        return receivedTexts().flatMap(ReceivedTexts::sent);
    }

    private String referred(String happened) {
        return receivedTexts().map(texts -> texts.subject(happened)).orElse(happened);
    }

    private Optional<ReceivedTexts> receivedTexts() {
        return Optional.ofNullable(received).map(it -> new ReceivedTexts(it, wording));
    }

    private String key(String part) {
        return purpose.name().toLowerCase(Locale.ROOT) + "." + part;
    }
}

package dev.attache.console.requests;

import dev.attache.story.MailSearch;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a search.
 *
 * @param deliveries the mails that were found
 * @param uploads the uploads that were found
 * @param mails how many mails were looked at in this part
 * @param records how many records of uploads were read in this part
 * @param percent about how much of the ledger was searched, with all parts before
 * @param next what to send as {@code after} to continue; absent if all was searched
 */
public record SearchDocument(
        List<DeliveryDocument> deliveries,
        List<UploadDocument> uploads,
        long mails,
        long records,
        int percent,
        @Nullable String next) {

    static SearchDocument of(MailSearch.Found found, UnaryOperator<String> shown) {
        return new SearchDocument(
                found.deliveries().stream()
                        .map(delivery -> DeliveryDocument.of(delivery, shown))
                        .toList(),
                found.uploads().stream()
                        .map(upload -> UploadDocument.of(upload, shown))
                        .toList(),
                found.mails(),
                found.records(),
                found.percent(),
                found.next().orElse(null));
    }
}

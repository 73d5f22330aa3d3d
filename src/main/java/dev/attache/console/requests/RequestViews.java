package dev.attache.console.requests;

import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.story.MailSearch;
import dev.attache.story.SharedObjects;
import dev.attache.story.Stories;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What pages and the API show about requests. Addresses are masked for viewers. */
final class RequestViews {

    private final Stories stories;

    private final MailSearch search;

    private final SharedObjects objects;

    RequestViews(Stories stories, MailSearch search, SharedObjects objects) {
        this.stories = stories;
        this.search = search;
        this.objects = objects;
    }

    private static UnaryOperator<String> shownTo(Operator operator) {
        return text -> Masks.forReader(operator, text);
    }

    List<String> sources() {
        return objects.sources();
    }

    /** The sources in which a request with this id is known. */
    List<String> sourcesOf(String requestId, String recipient) {
        return stories.sourcesOf(requestId, recipients(recipient), sources());
    }

    /**
     * @param recipient the address of a recipient; empty if unknown
     * @param upload the id of an upload that was found; empty for none
     * @param after empty for the first part
     */
    StoryDocument story(
            Operator operator, String source, String requestId, String recipient, String upload, String after) {
        Set<UUID> known = Stream.of(upload).flatMap(id -> uuid(id).stream()).collect(Collectors.toSet());
        return StoryDocument.of(
                stories.of(source, requestId, recipients(recipient), known, filled(after)), shownTo(operator));
    }

    /** @param delivery the name of a delivery */
    Optional<DeliveryDocument> delivery(Operator operator, String delivery) {
        return DeliveryKey.ofPath(delivery)
                .flatMap(stories::delivery)
                .map(story -> DeliveryDocument.of(story, shownTo(operator)));
    }

    Optional<UploadDocument> upload(Operator operator, String upload) {
        return uuid(upload).flatMap(stories::upload).map(story -> UploadDocument.of(story, shownTo(operator)));
    }

    SearchDocument byRecipient(Operator operator, String address, String after) {
        return SearchDocument.of(search.toRecipient(address, sources(), filled(after)), shownTo(operator));
    }

    SearchDocument uploadsOf(Operator operator, String source, String requestId, String after) {
        return SearchDocument.of(search.uploadsOf(source, requestId, filled(after)), shownTo(operator));
    }

    boolean hasIndex() {
        return search.hasIndex();
    }

    SearchDocument byObject(Operator operator, String source, String bucket, String key, String after) {
        String in = bucket.isEmpty() ? objects.places(source, null).buckets().getFirst() : bucket;
        return SearchDocument.of(
                search.toObject(source, new ObjectRef(in, key, null), filled(after)), shownTo(operator));
    }

    private static Set<String> recipients(String recipient) {
        return recipient.isBlank() ? Set.of() : Set.of(recipient.strip());
    }

    static Optional<String> filled(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

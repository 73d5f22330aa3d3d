package dev.attache.console.requests;

import dev.attache.story.LinkRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The form for a link by hand, as it was filled in. Every field is null if it was not sent.
 *
 * @param request the id of the request, so that a form that is sent twice sends one mail
 * @param subject the subject of the event, for folders that contain it
 * @param expiresIn an ISO 8601 duration; empty for the source's default
 * @param oneTime {@code true} or nothing, as a checkbox sends it
 * @param confirmAddress as {@code oneTime}
 */
record ShareForm(
        @Nullable String request,
        @Nullable String source,
        @Nullable String subject,
        @Nullable String bucket,
        @Nullable String key,
        @Nullable String address,
        @Nullable String name,
        @Nullable String locale,
        @Nullable String expiresIn,
        @Nullable String mailSubject,
        @Nullable String mailText,
        @Nullable String maxDownloads,
        @Nullable String oneTime,
        @Nullable String confirmAddress) {

    /** The form before anything is filled in. */
    static ShareForm empty(String source, String subject, String bucket, String key) {
        return new ShareForm(
                UUID.randomUUID().toString(),
                source,
                subject,
                bucket,
                key,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** @throws IllegalArgumentException if a field is not valid; the message says which */
    LinkRequest link() {
        return new LinkRequest(
                RequestViews.uuid(text(request)).orElseGet(UUID::randomUUID),
                text(source),
                absentIfEmpty(subject),
                absentIfEmpty(bucket),
                text(key),
                text(address),
                absentIfEmpty(name),
                absentIfEmpty(locale),
                duration(text(expiresIn)),
                absentIfEmpty(mailSubject),
                absentIfEmpty(mailText),
                number(text(maxDownloads)),
                Boolean.parseBoolean(text(oneTime)),
                Boolean.parseBoolean(text(confirmAddress)));
    }

    /** For templates: what was filled in, or an empty text. */
    static String text(@Nullable String field) {
        return field == null ? "" : field.strip();
    }

    private static @Nullable String absentIfEmpty(@Nullable String field) {
        String text = text(field);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Duration duration(String text) {
        try {
            return text.isEmpty() ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("The lifetime must be a duration such as P7D or PT12H", e);
        }
    }

    private static @Nullable Integer number(String text) {
        try {
            return text.isEmpty() ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The number of downloads must be a whole number, or empty", e);
        }
    }

    /** Omits the recipient and the texts, which are personal data. */
    @Override
    public String toString() {
        return "ShareForm[request=" + request + ", source=" + source + "]";
    }
}

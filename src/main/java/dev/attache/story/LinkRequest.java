package dev.attache.story;

import dev.attache.contract.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A link that an operator sends by hand.
 *
 * @param id the id of the request. The same request with the same id is mailed once
 * @param subject the subject of the event, for folders that contain it; null for none
 * @param bucket null for the default bucket of the source
 * @param key the key of the object
 * @param address the recipient's address
 * @param name the recipient's name; null for none
 * @param locale the language of the mail as a BCP 47 tag; null for the default
 * @param expiresIn null for the source's default
 * @param mailSubject the subject of the mail; null for the default
 * @param mailText the text of the mail; null for none
 * @param maxDownloads null for no limit
 */
public record LinkRequest(
        UUID id,
        String source,
        @Nullable String subject,
        @Nullable String bucket,
        String key,
        String address,
        @Nullable String name,
        @Nullable String locale,
        @Nullable Duration expiresIn,
        @Nullable String mailSubject,
        @Nullable String mailText,
        @Nullable Integer maxDownloads,
        boolean oneTime,
        boolean confirmAddress) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The event {@code attachment.requested} as JSON. What the contract does not allow is written as it is, so that the
     * check of the event says why.
     */
    byte[] event(Instant now) {
        Map<String, Object> recipient = present("address", address, "name", name, "locale", locale);
        Map<String, Object> data = present(
                "direction", "download",
                "channel", "email",
                "recipients", List.of(recipient),
                "attachment", present("bucket", bucket, "key", key),
                "expiresIn", expiresIn == null ? null : expiresIn.toString(),
                "message", filled(present("subject", mailSubject, "text", mailText)),
                "page",
                        filled(present(
                                "maxDownloads", maxDownloads,
                                "oneTime", oneTime ? true : null,
                                "confirmAddress", confirmAddress ? true : null)));
        return JSON.writeValueAsBytes(present(
                "specversion",
                "1.0",
                "id",
                id.toString(),
                "source",
                source,
                "type",
                EventType.ATTACHMENT_REQUESTED.name(),
                "time",
                now.toString(),
                "subject",
                subject,
                "datacontenttype",
                "application/json",
                "data",
                data));
    }

    /** @param namesAndValues each name is followed by its value; those without a value are left out */
    private static Map<String, Object> present(@Nullable Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                values.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return values;
    }

    private static @Nullable Map<String, Object> filled(Map<String, Object> values) {
        return values.isEmpty() ? null : values;
    }

    /** Omits the recipient and the texts, which are personal data. */
    @Override
    public String toString() {
        return "LinkRequest[id=" + id + ", source=" + source + "]";
    }
}

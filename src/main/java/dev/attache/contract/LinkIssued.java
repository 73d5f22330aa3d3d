package dev.attache.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.issued}: everything a delivery needs. One for each recipient.
 *
 * @param requestId the id of the event that asked for it
 * @param purpose   what the mail says
 * @param recipient who gets it; absent on the channel {@code event}
 * @param issuedAt  when the links were signed
 * @param upload    what the upload page accepts, for {@link Purpose#UPLOAD}
 */
public record LinkIssued(String requestId, Channel channel, Purpose purpose, @Nullable Recipient recipient,
        @Nullable MessageText message, @Nullable Campaign campaign, List<Link> links, Instant issuedAt,
        @Nullable UploadTerms upload) {

    public LinkIssued {
        links = List.copyOf(links);
    }

    /** What the mail says. */
    public enum Purpose {
        /** Here is a file for you. */
        @JsonProperty("download") DOWNLOAD,
        /** Here is what you bought. */
        @JsonProperty("purchase") PURCHASE,
        /** Send us your file. */
        @JsonProperty("upload") UPLOAD,
        /** The file you wait for has arrived. */
        @JsonProperty("arrival") ARRIVAL
    }
}

package dev.attache.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.issued}: everything a delivery needs. One for each recipient.
 *
 * @param requestId the id of the event that asked for it
 * @param purpose what the mail says
 * @param recipient who gets it; absent on the channel {@code event}
 * @param issuedAt when the links were signed
 * @param upload what the upload page accepts, for {@link Purpose#UPLOAD}
 * @param contentDigest the {@link ContentDigest} of the event that asked for it; absent for {@link Purpose#ARRIVAL},
 *     and in events of releases that made none
 */
public record LinkIssued(
        String requestId,
        Channel channel,
        Purpose purpose,
        @Nullable Recipient recipient,
        @Nullable MessageText message,
        @Nullable Campaign campaign,
        List<Link> links,
        Instant issuedAt,
        @Nullable UploadTerms upload,
        @Nullable String contentDigest) {

    public LinkIssued {
        links = List.copyOf(links);
    }

    /** Without a digest: nothing else can have the same id. */
    public LinkIssued(
            String requestId,
            Channel channel,
            Purpose purpose,
            @Nullable Recipient recipient,
            @Nullable MessageText message,
            @Nullable Campaign campaign,
            List<Link> links,
            Instant issuedAt,
            @Nullable UploadTerms upload) {
        this(requestId, channel, purpose, recipient, message, campaign, links, issuedAt, upload, null);
    }

    /** The same with other links. */
    public LinkIssued withLinks(List<Link> others) {
        return new LinkIssued(
                requestId, channel, purpose, recipient, message, campaign, others, issuedAt, upload, contentDigest);
    }

    /** What the mail says. */
    public enum Purpose {
        /** Here is a file for you. */
        @JsonProperty("download")
        DOWNLOAD,
        /** Here is what you bought. */
        @JsonProperty("purchase")
        PURCHASE,
        /** Send us your file. */
        @JsonProperty("upload")
        UPLOAD,
        /** The file you wait for has arrived. */
        @JsonProperty("arrival")
        ARRIVAL
    }
}

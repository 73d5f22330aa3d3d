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

    /**
     * The links for one recipient of a request.
     *
     * @param contentDigest the request's {@link ContentDigest}
     */
    public static LinkIssued requested(
            CloudEvent<AttachmentRequested> event,
            @Nullable Recipient recipient,
            List<Link> links,
            @Nullable UploadTerms upload,
            String contentDigest,
            Instant issuedAt) {
        AttachmentRequested request = event.data();
        return new LinkIssued(
                event.id(),
                request.channel(),
                switch (request.direction()) {
                    case DOWNLOAD -> Purpose.DOWNLOAD;
                    case UPLOAD -> Purpose.UPLOAD;
                },
                recipient,
                request.message(),
                request.campaign(),
                links,
                issuedAt,
                upload,
                contentDigest);
    }

    /** The links to what a customer bought. */
    public static LinkIssued purchased(CloudEvent<PurchaseCompleted> event, List<Link> links, Instant issuedAt) {
        return new LinkIssued(
                event.id(),
                Channel.EMAIL,
                Purpose.PURCHASE,
                event.data().customer(),
                null,
                null,
                links,
                issuedAt,
                null,
                ContentDigest.of(event.data()));
    }

    /**
     * The link to a file that has arrived.
     *
     * @param recipient who is notified
     */
    public static LinkIssued arrived(String requestId, Recipient recipient, Link link, Instant issuedAt) {
        return new LinkIssued(
                requestId, Channel.EMAIL, Purpose.ARRIVAL, recipient, null, null, List.of(link), issuedAt, null, null);
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

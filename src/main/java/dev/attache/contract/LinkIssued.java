package dev.attache.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.issued}: the links of one recipient, with everything that a delivery needs. A receipt has no
 * links.
 *
 * @param requestId the id of the event that requested the links
 * @param purpose the purpose of the mail
 * @param recipient the recipient; null on the channel {@code event}
 * @param issuedAt when the links were signed
 * @param upload the terms of the upload; null for other purposes than {@link Purpose#UPLOAD}
 * @param contentDigest the {@link ContentDigest} of the event that requested the links; null for
 *     {@link Purpose#ARRIVAL} and {@link Purpose#RECEIPT}, and in events of earlier releases without digests
 * @param page the download page that the mail links to; null if it links to none
 * @param order the order of a purchase whose mail links to files; null for other purposes, for a mail that links to a
 *     page, which has its own, and in events of earlier releases
 * @param received what has arrived; null for other purposes than {@link Purpose#ARRIVAL} and {@link Purpose#RECEIPT},
 *     and in events of earlier releases
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
        @Nullable String contentDigest,
        @Nullable DownloadPage page,
        DownloadPage.@Nullable Order order,
        @Nullable ReceivedUpload received) {

    public LinkIssued {
        links = List.copyOf(links);
    }

    /** The links of a delivery that is not about files that have arrived. */
    public LinkIssued(
            String requestId,
            Channel channel,
            Purpose purpose,
            @Nullable Recipient recipient,
            @Nullable MessageText message,
            @Nullable Campaign campaign,
            List<Link> links,
            Instant issuedAt,
            @Nullable UploadTerms upload,
            @Nullable String contentDigest,
            @Nullable DownloadPage page,
            DownloadPage.@Nullable Order order) {
        this(
                requestId,
                channel,
                purpose,
                recipient,
                message,
                campaign,
                links,
                issuedAt,
                upload,
                contentDigest,
                page,
                order,
                null);
    }

    /**
     * The links for one recipient of a request.
     *
     * @param contentDigest the request's {@link ContentDigest}
     * @param page the download page; null if the links do not lead to one
     */
    public static LinkIssued requested(
            CloudEvent<AttachmentRequested> event,
            @Nullable Recipient recipient,
            List<Link> links,
            @Nullable UploadTerms upload,
            String contentDigest,
            @Nullable DownloadPage page,
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
                contentDigest,
                page,
                null);
    }

    /**
     * The links to the items of a purchase.
     *
     * @param page the download page; null if the links do not lead to one
     */
    public static LinkIssued purchased(
            CloudEvent<PurchaseCompleted> event, List<Link> links, @Nullable DownloadPage page, Instant issuedAt) {
        PurchaseCompleted purchase = event.data();
        return new LinkIssued(
                event.id(),
                Channel.EMAIL,
                Purpose.PURCHASE,
                purchase.customer(),
                null,
                null,
                links,
                issuedAt,
                null,
                ContentDigest.of(purchase),
                page,
                page == null ? new DownloadPage.Order(purchase.orderId(), purchase.purchasedAt()) : null);
    }

    /**
     * The links to files that have arrived.
     *
     * @param recipient one of the recipients to notify
     * @param page the download page; null if the links do not lead to one
     */
    public static LinkIssued arrived(
            String requestId,
            Recipient recipient,
            List<Link> links,
            @Nullable DownloadPage page,
            ReceivedUpload received,
            Instant issuedAt) {
        return new LinkIssued(
                requestId,
                Channel.EMAIL,
                Purpose.ARRIVAL,
                recipient,
                null,
                null,
                links,
                issuedAt,
                null,
                null,
                page,
                null,
                received);
    }

    /**
     * The receipt for files that have arrived. It has no links, because who may upload may not be allowed to download.
     *
     * @param recipient the person who was asked for the files
     */
    public static LinkIssued receipt(String requestId, Recipient recipient, ReceivedUpload received, Instant issuedAt) {
        return new LinkIssued(
                requestId,
                Channel.EMAIL,
                Purpose.RECEIPT,
                recipient,
                null,
                null,
                List.of(),
                issuedAt,
                null,
                null,
                null,
                null,
                received);
    }

    /** A copy with other links. */
    public LinkIssued withLinks(List<Link> others) {
        return new LinkIssued(
                requestId,
                channel,
                purpose,
                recipient,
                message,
                campaign,
                others,
                issuedAt,
                upload,
                contentDigest,
                page,
                order,
                received);
    }

    /** The purpose of a mail. */
    public enum Purpose {
        /** To download a file. */
        @JsonProperty("download")
        DOWNLOAD,
        /** To download purchased items. */
        @JsonProperty("purchase")
        PURCHASE,
        /** To upload a file. */
        @JsonProperty("upload")
        UPLOAD,
        /** To notify that an uploaded file has arrived. */
        @JsonProperty("arrival")
        ARRIVAL,
        /** To confirm to the person who uploaded that their files have arrived. */
        @JsonProperty("receipt")
        RECEIPT,
        /** To remind a recipient who has downloaded nothing. */
        @JsonProperty("reminder")
        REMINDER,
        /** To send a new link to a recipient whose page has expired. */
        @JsonProperty("renewal")
        RENEWAL
    }
}

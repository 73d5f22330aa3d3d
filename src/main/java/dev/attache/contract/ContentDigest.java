package dev.attache.contract;

import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadRequest;
import dev.attache.encoding.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A digest of the content of an event. It distinguishes a redelivered event from another event with the same source and
 * id. It consists of a version, a colon, and a SHA-256 in base64url:
 * {@code 1:n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg}.
 *
 * <p>It depends only on the event and not on settings, so that a redelivered event has the same digest after a default
 * has changed. So an absent field differs from the same field with the default value. The order of properties, white
 * space, {@code null}, empty lists, and the notation of durations and of addresses in {@code notify} make no
 * difference.
 *
 * <p>Recipients are not part of it, because a second event with the same id may name more of them. A new optional field
 * does not change the digests of events without it. Any other change of this class needs a new {@link #VERSION}:
 * digests of different versions cannot be compared.
 */
public final class ContentDigest {

    private static final String VERSION = "1";

    private final MessageDigest sha256 = Sha256.digest();

    private ContentDigest(String type) {
        add("type", type);
    }

    /**
     * The digest of a request, and of each part of its audience: direction, channel, attachment, upload, lifetime,
     * texts, campaign, notify and the options of the download page.
     */
    public static String of(AttachmentRequested request) {
        ContentDigest digest = new ContentDigest(EventType.ATTACHMENT_REQUESTED.name());
        digest.add("direction", request.direction().name());
        digest.add("channel", request.channel().name());
        digest.add("expiresIn", request.expiresIn());
        if (request.attachment() != null) {
            digest.add(request.attachment());
        }
        if (request.upload() != null) {
            digest.add(request.upload());
        }
        if (request.message() != null) {
            digest.add("message.subject", request.message().subject());
            digest.add("message.text", request.message().text());
        }
        if (request.campaign() != null) {
            digest.add("campaign.id", request.campaign().id());
            digest.add("campaign.unsubscribeUrl", request.campaign().unsubscribeUrl());
        }
        request.toNotify().stream()
                .map(Recipient::address)
                .map(Addresses::canonical)
                .distinct()
                .sorted()
                .forEach(address -> digest.add("notify", address));
        digest.add(request.page());
        return digest.end();
    }

    /** The digest of a purchase: the order, each item's title and attachment, and the options of the download page. */
    public static String of(PurchaseCompleted purchase) {
        ContentDigest digest = new ContentDigest(EventType.PURCHASE_COMPLETED.name());
        digest.add("orderId", purchase.orderId());
        for (PurchaseCompleted.Item item : purchase.items()) {
            digest.add("item.title", item.title());
            digest.add(item.attachment());
        }
        digest.add(purchase.page());
        return digest.end();
    }

    /** Whether two digests prove that the contents differ: both are known and have the same version. */
    public static boolean differ(@Nullable String one, @Nullable String other) {
        return one != null
                && other != null
                && !one.equals(other)
                && version(one).equals(version(other));
    }

    private static String version(String digest) {
        return digest.substring(0, Math.max(0, digest.indexOf(':')));
    }

    private void add(AttachmentRef attachment) {
        add("attachment.bucket", attachment.bucket());
        add("attachment.key", attachment.key());
        add("attachment.versionId", attachment.versionId());
        add("attachment.fileName", attachment.fileName());
    }

    private void add(UploadRequest upload) {
        // Without it, an upload without limits would have the same digest as no upload.
        add("upload", "");
        add("upload.fileName", upload.fileName());
        List<String> types = upload.contentTypes();
        types.forEach(type -> add("upload.contentType", type));
        add("upload.contentLength", upload.contentLength());
        add("upload.maxBytes", upload.maxBytes());
        add("upload.sha256", upload.sha256());
        add("upload.maxFiles", upload.maxFiles());
        add("upload.receipt", upload.receipt());
    }

    private void add(@Nullable PageOptions page) {
        if (page != null) {
            // Without it, a page without options would have the same digest as no page.
            add("page", "");
            add("page.maxDownloads", page.maxDownloads());
            add("page.oneTime", page.oneTime());
            add("page.remindBefore", page.remindBefore());
            add("page.confirmAddress", page.confirmAddress());
            add("page.reportExpiry", page.reportExpiry());
        }
    }

    private void add(String field, @Nullable Object value) {
        if (value != null) {
            update(field);
            update(value.toString());
        }
    }

    /** Each text is preceded by its length, so that different lists of texts never give the same bytes. */
    private void update(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
    }

    private String end() {
        return VERSION + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
    }
}

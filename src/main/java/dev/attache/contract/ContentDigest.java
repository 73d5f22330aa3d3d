package dev.attache.contract;

import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.AttachmentRef;
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
 * A digest of what an event asks for, so that another event with the same source and id can be told from the same event
 * delivered again. It is a version, a colon, and a SHA-256 in base64url:
 * {@code 1:n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg}.
 *
 * <p>It depends on the event alone, and on no setting: with a default that somebody changes, an event that is delivered
 * again would otherwise have another digest. So a field that is absent differs from the same field with the default's
 * value. The order of properties, white space, {@code null}, an empty list and other ways to write a duration or an
 * address in {@code notify} make no difference.
 *
 * <p>Recipients are not part of it: a second event with the same id may name more of them. A field that is added to an
 * event later changes no digest of events without it. Whoever changes anything else here changes {@link #VERSION}:
 * digests of different versions say nothing about each other.
 */
public final class ContentDigest {

    private static final String VERSION = "1";

    private final MessageDigest sha256 = Sha256.digest();

    private ContentDigest(String type) {
        add("type", type);
    }

    /**
     * The digest of a request, and of each part of its audience: direction, channel, attachment, upload, lifetime,
     * texts, campaign and notify.
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
        return digest.end();
    }

    /** The digest of a purchase: the order, and each item's title and attachment. */
    public static String of(PurchaseCompleted purchase) {
        ContentDigest digest = new ContentDigest(EventType.PURCHASE_COMPLETED.name());
        digest.add("orderId", purchase.orderId());
        for (PurchaseCompleted.Item item : purchase.items()) {
            digest.add("item.title", item.title());
            digest.add(item.attachment());
        }
        return digest.end();
    }

    /** Whether two digests surely stand for different content: both are known, and of one version. */
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
        // An upload without any limits of its own is an upload.
        add("upload", "");
        add("upload.fileName", upload.fileName());
        List<String> types = upload.contentTypes();
        types.forEach(type -> add("upload.contentType", type));
        add("upload.contentLength", upload.contentLength());
        add("upload.maxBytes", upload.maxBytes());
        add("upload.sha256", upload.sha256());
    }

    private void add(String field, @Nullable Object value) {
        if (value != null) {
            update(field);
            update(value.toString());
        }
    }

    /** Each text is preceded by its length, so that no two lists of texts give the same bytes. */
    private void update(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
    }

    private String end() {
        return VERSION + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
    }
}

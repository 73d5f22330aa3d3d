package dev.attache.ledger;

import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadEnd.Completion;
import dev.attache.ledger.UploadEnd.Decline;
import dev.attache.storage.UploadKeys;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds open uploads for tests: of the source {@code crm}, for one PDF of at most 1,000 bytes. */
public final class UploadBuilder {

    private final UUID id;
    private String pageId = "a".repeat(32);
    private String requestId = "r-1";
    private final String source = "crm";
    private @Nullable String subject;
    private @Nullable String traceparent;
    private String bucket = "attache";
    private UploadTerms terms = new UploadTerms(List.of("application/pdf"), 1000, null, null, null);
    private @Nullable Recipient recipient;
    private @Nullable MessageText message;
    private List<Recipient> toNotify = List.of();
    private final Instant createdAt;
    private Instant expiresAt;
    private List<UploadFile> files = List.of();
    private @Nullable Completion completion;
    private @Nullable Decline declined;
    private @Nullable String contentDigest;

    private UploadBuilder(UUID id, Instant createdAt, Instant expiresAt) {
        this.id = id;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    public static UploadBuilder upload(UUID id, Instant createdAt, Instant expiresAt) {
        return new UploadBuilder(id, createdAt, expiresAt);
    }

    /** Starts with all fields of another upload. */
    public static UploadBuilder from(OpenUpload upload) {
        UploadBuilder builder = upload(upload.id(), upload.createdAt(), upload.expiresAt())
                .pageId(upload.pageId())
                .requestId(upload.requestId())
                .subject(upload.subject())
                .traceparent(upload.traceparent())
                .bucket(upload.bucket())
                .terms(upload.terms())
                .recipient(upload.recipient())
                .message(upload.message())
                .toNotify(upload.toNotify())
                .files(upload.files());
        builder.completion = upload.completion();
        builder.declined = upload.declined();
        return builder.contentDigest(upload.contentDigest());
    }

    public UploadBuilder pageId(String value) {
        this.pageId = value;
        return this;
    }

    public UploadBuilder requestId(String value) {
        this.requestId = value;
        return this;
    }

    public UploadBuilder subject(@Nullable String value) {
        this.subject = value;
        return this;
    }

    public UploadBuilder traceparent(@Nullable String value) {
        this.traceparent = value;
        return this;
    }

    public UploadBuilder bucket(String value) {
        this.bucket = value;
        return this;
    }

    public UploadBuilder terms(UploadTerms value) {
        this.terms = value;
        return this;
    }

    public UploadBuilder recipient(@Nullable Recipient value) {
        this.recipient = value;
        return this;
    }

    public UploadBuilder message(@Nullable MessageText value) {
        this.message = value;
        return this;
    }

    public UploadBuilder toNotify(List<Recipient> value) {
        this.toNotify = value;
        return this;
    }

    public UploadBuilder expiresAt(Instant value) {
        this.expiresAt = value;
        return this;
    }

    public UploadBuilder files(List<UploadFile> value) {
        this.files = value;
        return this;
    }

    public UploadBuilder contentDigest(@Nullable String value) {
        this.contentDigest = value;
        return this;
    }

    public OpenUpload build() {
        return new OpenUpload(
                id,
                pageId,
                requestId,
                source,
                subject,
                traceparent,
                bucket,
                terms,
                recipient,
                message,
                toNotify,
                createdAt,
                expiresAt,
                files,
                completion,
                declined,
                contentDigest);
    }

    /** A file for which a link was signed. */
    public static UploadFile file(String name, String key, String contentType, long contentLength) {
        int number = UploadKeys.number(key).orElse(1);
        return UploadFile.signed(number, name, key, contentType, contentLength, null, Instant.EPOCH);
    }

    /** A copy of an upload with this arrival, and with a file for it if there is none. */
    public static OpenUpload arrived(OpenUpload upload, Arrival arrival) {
        UploadFile file =
                upload.fileAt(arrival.key()).orElseGet(() -> UploadFile.arrived(upload.nextNumber(), "file", arrival));
        return upload.withFile(file.withArrival(arrival));
    }

    /** The arrival of an upload's first file that has arrived; null if none has. */
    public static @Nullable Arrival arrival(OpenUpload upload) {
        return upload.arrived().isEmpty() ? null : upload.arrived().getFirst().arrival();
    }
}

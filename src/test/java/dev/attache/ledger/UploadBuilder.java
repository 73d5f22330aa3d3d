package dev.attache.ledger;

import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.OpenUpload.ChosenFile;
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
    private final Instant expiresAt;
    private @Nullable ChosenFile file;
    private @Nullable Arrival arrival;
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
                .file(upload.file());
        builder.arrival = upload.arrival();
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

    public UploadBuilder file(@Nullable ChosenFile value) {
        this.file = value;
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
                file,
                arrival,
                contentDigest);
    }
}

package dev.attache.source;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.storage.ObjectKeys;
import dev.attache.storage.StorageOptions;
import dev.attache.storage.StorageSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The policy of one source, from its settings. */
final class ConfiguredSource implements SourcePolicy {

    private final String name;

    private final SourcesProperties.Source settings;

    private final SenderIds senders;

    private final String uploadBucket;

    private final StorageOptions uploadStorage;

    private final ConfiguredUploads uploads;

    private final List<String> buckets;

    private final List<DownloadPrefix> prefixes;

    /** Key prefixes that no source may link to, even if its own prefixes contain them. */
    private final List<String> reserved;

    ConfiguredSource(
            String name,
            SourcesProperties.Source settings,
            String bucket,
            StorageSettings uploads,
            List<String> reserved) {
        this.name = name;
        this.settings = settings;
        this.senders = new SenderIds(settings.senderIds());
        this.uploadBucket = settings.uploadBucket() == null ? bucket : settings.uploadBucket();
        this.uploadStorage = settings.uploads().orElse(uploads);
        this.uploads = new ConfiguredUploads(name, settings);
        this.buckets = settings.buckets().isEmpty() ? List.of(bucket) : settings.buckets();
        this.prefixes = settings.prefixes().stream().map(DownloadPrefix::new).toList();
        this.reserved = List.copyOf(reserved);
    }

    @Override
    public String source() {
        return name;
    }

    @Override
    public String displayName() {
        return settings.displayName() == null ? name : settings.displayName();
    }

    @Override
    public SourceIdentity identity() {
        SourcesProperties.Identity identity = settings.identity();
        return new SourceIdentity(
                displayName(),
                identity.contact(),
                identity.replyTo(),
                identity.fromName(),
                identity.logo(),
                identity.color() == null ? null : identity.color().toLowerCase(Locale.ROOT),
                identity.imprint(),
                identity.privacy());
    }

    @Override
    public String uploadBucket() {
        return uploadBucket;
    }

    @Override
    public StorageOptions uploadStorage() {
        return uploadStorage;
    }

    /** Whether the sender with this SQS {@code SenderId} may send events of this source. */
    boolean maySend(@Nullable String senderId) {
        return !senderPinned() || senders.include(senderId);
    }

    @Override
    public boolean senderPinned() {
        return !senders.named().isEmpty();
    }

    @Override
    public ObjectRef download(AttachmentRef attachment, @Nullable String subject) {
        String bucket = attachment.bucket() == null ? buckets.getFirst() : attachment.bucket();
        if (!buckets.contains(bucket)) {
            throw keyNotAllowed("may not link to bucket " + ObjectKeys.quoted(bucket) + ", only to " + buckets);
        }
        String key = attachment.key();
        ObjectKeys.error(key).ifPresent(error -> {
            throw keyNotAllowed("may not link to key " + ObjectKeys.quoted(key) + ", which " + error);
        });
        if (reserved.stream().anyMatch(key::startsWith)
                || prefixes.stream().noneMatch(it -> it.contains(key, subject))) {
            throw keyNotAllowed(
                    "may not link to key " + ObjectKeys.quoted(key) + ", only to keys under " + allowed(subject));
        }
        return new ObjectRef(bucket, key, attachment.versionId());
    }

    private String allowed(@Nullable String subject) {
        if (prefixes.isEmpty()) {
            return "attache.sources." + name + ".prefixes, which is empty";
        }
        String folders =
                prefixes.stream().map(DownloadPrefix::template).toList().toString();
        return prefixes.stream().noneMatch(DownloadPrefix::needsSubject)
                ? folders
                : folders + " with the event's subject, "
                        + (subject == null ? "which is absent" : ObjectKeys.quoted(subject));
    }

    @Override
    public UploadTerms upload(UploadRequest requested) {
        return uploads.terms(requested);
    }

    @Override
    public Duration lifetime(@Nullable Duration requested) {
        return requested == null ? settings.defaultExpiry() : inRange(requested, settings.maxExpiry());
    }

    @Override
    public Duration pageLifetime(@Nullable Duration requested) {
        if (requested == null) {
            return settings.defaultExpiry().compareTo(settings.maxPageExpiry()) < 0
                    ? settings.defaultExpiry()
                    : settings.maxPageExpiry();
        }
        return inRange(requested, settings.maxPageExpiry());
    }

    private Duration inRange(Duration requested, Duration longest) {
        if (requested.compareTo(settings.minExpiry()) < 0 || requested.compareTo(longest) > 0) {
            throw new RejectedException(
                    RejectionCode.EXPIRY_OUT_OF_RANGE,
                    "expiresIn " + requested + " is outside the range that source " + name + " may ask for: "
                            + settings.minExpiry() + " to " + longest);
        }
        return requested;
    }

    @Override
    public Duration minimumLifetime() {
        return settings.minExpiry();
    }

    @Override
    public Duration maximumLifetime() {
        return settings.maxExpiry();
    }

    @Override
    public Duration maximumPageLifetime() {
        return settings.maxPageExpiry();
    }

    @Override
    public MailLinks mailLinks() {
        return settings.mailLinks();
    }

    @Override
    public int renewals() {
        return settings.renewals();
    }

    @Override
    public @Nullable String envelopeFrom() {
        return settings.envelopeFrom();
    }

    @Override
    public @Nullable Integer mailsPerHour() {
        return settings.mailsPerHour();
    }

    @Override
    public int mailsPerRecipientPerDay() {
        return settings.mailsPerRecipientPerDay();
    }

    @Override
    public boolean mailSentEvents() {
        return settings.mailSentEvents();
    }

    private RejectedException keyNotAllowed(String detail) {
        return new RejectedException(RejectionCode.KEY_NOT_ALLOWED, "Source " + name + " " + detail);
    }
}

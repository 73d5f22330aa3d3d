package dev.attache.source;

import dev.attache.storage.ContentTypes;
import dev.attache.storage.StorageSettings;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The sources of events and what each may do.
 *
 * @param bucket the default bucket for attachments and uploads
 * @param sources the settings of each source, by its name in events
 */
@Validated
@ConfigurationProperties("attache")
public record SourcesProperties(@NotBlank String bucket, Map<String, Source> sources) {

    /** Validates every source, so that an error stops the start instead of failing an event. */
    public SourcesProperties {
        sources = sources == null ? Map.of() : Map.copyOf(sources);
        sources.forEach(SourceChecks::check);
    }

    /** Every bucket that a link of any source can lead to, sorted. */
    public SortedSet<String> allBuckets() {
        SortedSet<String> all = new TreeSet<>(Set.of(bucket));
        for (Source source : sources.values()) {
            all.addAll(source.buckets());
            if (source.uploadBucket() != null) {
                all.add(source.uploadBucket());
            }
        }
        return all;
    }

    /**
     * The settings of one source.
     *
     * @param displayName the name of the source in mails and on pages; the source's name by default
     * @param senderIds the SQS sender ids that may send its events: the unique id of an IAM user, or of a role with or
     *     without a session name; by default, everyone with permission to send to the queue
     * @param buckets the buckets that it may link to; the first is used if an event names none; {@code attache.bucket}
     *     by default
     * @param uploadBucket the bucket for its uploads; {@code attache.bucket} by default
     * @param prefixes the key prefixes that it may link to, each ending with a slash; {@code {subject}} is replaced by
     *     the event's subject; none by default
     * @param contentTypes the media types that it may request for uploads, or ranges such as {@code image/*}; none by
     *     default
     * @param maxSize the largest upload, 5 TB at most; files above 5 GB only from the upload page
     * @param minExpiry the shortest lifetime of its links
     * @param defaultExpiry the lifetime if an event names none: by default 24 hours, or the nearest value between
     *     {@code minExpiry} and {@code maxExpiry}
     * @param maxExpiry the longest lifetime of its links, 7 days at most
     * @param envelopeFrom the address that bounces of its mails go to (SMTP's {@code MAIL FROM}), without a name; the
     *     address in {@code attache.mail.from} by default
     * @param mailsPerHour the most mails of this source that one worker sends in an hour; no limit by default
     * @param mailsPerRecipientPerDay the most mails of this source that one worker sends to one address in 24 hours
     * @param mailSentEvents whether {@code mail.sent} is published for each mail that a relay accepted
     * @param mailLinks where links in its mails lead: to a download page, or directly to S3
     * @param maxPageExpiry the longest lifetime of its download pages, 1 minute to 90 days
     * @param renewals how often the recipient of a mail may get a new link after its download page has expired
     * @param identity how it presents itself in mails and on pages, in addition to its name
     * @param uploads how its uploads are stored; {@code attache.uploads} by default
     */
    public record Source(
            @Nullable String displayName,
            @DefaultValue List<String> senderIds,
            @DefaultValue List<String> buckets,
            @Nullable String uploadBucket,
            @DefaultValue List<String> prefixes,
            @DefaultValue List<String> contentTypes,
            @DefaultValue("25MB") DataSize maxSize,
            @DefaultValue("1m") Duration minExpiry,
            @Nullable Duration defaultExpiry,
            @DefaultValue("7d") Duration maxExpiry,
            @Nullable String envelopeFrom,
            @Nullable Integer mailsPerHour,
            @DefaultValue("" + MAILS_PER_RECIPIENT_PER_DAY) int mailsPerRecipientPerDay,
            @DefaultValue("false") boolean mailSentEvents,
            @Nullable MailLinks mailLinks,
            @DefaultValue("7d") Duration maxPageExpiry,
            @DefaultValue("0") int renewals,
            @DefaultValue Identity identity,
            @DefaultValue @NestedConfigurationProperty StorageSettings uploads) {

        static final MailLinks DEFAULT_MAIL_LINKS = MailLinks.PAGE;

        static final int MAILS_PER_RECIPIENT_PER_DAY = 1000;

        private static final Duration DAY = Duration.ofHours(24);

        public Source {
            senderIds = List.copyOf(senderIds);
            buckets = List.copyOf(buckets);
            prefixes = List.copyOf(prefixes);
            contentTypes = contentTypes.stream().map(ContentTypes::essence).toList();
            if (defaultExpiry == null) {
                Duration usual = maxExpiry.compareTo(DAY) < 0 ? maxExpiry : DAY;
                defaultExpiry = minExpiry.compareTo(usual) > 0 ? minExpiry : usual;
            }
            if (envelopeFrom != null && envelopeFrom.isBlank()) {
                // An environment variable that is set, but empty.
                envelopeFrom = null;
            }
            mailLinks = mailLinks == null ? DEFAULT_MAIL_LINKS : mailLinks;
        }

        /** Never null: the constructor sets the default. */
        @Override
        public MailLinks mailLinks() {
            return Objects.requireNonNull(mailLinks);
        }

        /** Never null: the constructor sets the default. */
        @Override
        public Duration defaultExpiry() {
            return Objects.requireNonNull(defaultExpiry);
        }
    }

    /**
     * The identity of a source; every value is absent by default.
     *
     * @param contact a mail address or an https URL for questions
     * @param replyTo the address that replies to its mails go to, without a name; {@code attache.mail.reply-to} by
     *     default
     * @param fromName the name of the sender of its mails; that in {@code attache.mail.from} by default
     * @param logo the https URL of an image
     * @param color the colour of buttons as {@code #rrggbb}
     * @param imprint the https URL of the imprint
     * @param privacy the https URL of the privacy policy
     */
    public record Identity(
            @Nullable String contact,
            @Nullable String replyTo,
            @Nullable String fromName,
            @Nullable URI logo,
            @Nullable String color,
            @Nullable URI imprint,
            @Nullable URI privacy) {

        /** No values. */
        public static final Identity NONE = new Identity(null, null, null, null, null, null, null);

        public Identity {
            // Environment variables may be set, but empty.
            contact = absentIfBlank(contact);
            replyTo = absentIfBlank(replyTo);
            fromName = absentIfBlank(fromName);
            logo = absentIfEmpty(logo);
            color = absentIfBlank(color);
            imprint = absentIfEmpty(imprint);
            privacy = absentIfEmpty(privacy);
        }

        private static @Nullable String absentIfBlank(@Nullable String text) {
            return text == null || text.isBlank() ? null : text;
        }

        private static @Nullable URI absentIfEmpty(@Nullable URI uri) {
            return uri == null || uri.toString().isEmpty() ? null : uri;
        }
    }
}

package dev.attache.source;

import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Lifetimes;
import dev.attache.storage.ContentTypes;
import dev.attache.storage.ObjectKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/** Validates the settings of a source. Each error names the setting and the fix. */
final class SourceChecks {

    /** The name of a source becomes a segment of object keys. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** "Amazon S3 multipart upload limits": the largest object that the upload page sends, in at most 10,000 parts. */
    private static final DataSize LARGEST_FILE = DataSize.ofTerabytes(5);

    /** The ledger keeps the records of a page for this time and some days more. */
    private static final Duration LONGEST_PAGE = Duration.ofDays(90);

    /** The number of a renewal is one byte of the page's address. */
    private static final int MOST_RENEWALS = 100;

    private final String setting;

    private SourceChecks(String source) {
        this.setting = "attache.sources." + source;
    }

    static void check(String name, SourcesProperties.Source source) {
        SourceChecks checks = new SourceChecks(name);
        checks.require(
                NAME.matcher(name).matches(),
                "",
                "is not a name for a source: use 1 to 63 letters, digits, '.', '_' or '-', "
                        + "beginning with a letter or digit");
        checks.each(".prefixes", source.prefixes(), DownloadPrefix::error);
        checks.each(".content-types", source.contentTypes(), SourceChecks::contentTypeError);
        checks.each(".buckets", source.buckets(), SourceChecks::blank);
        checks.each(".sender-ids", source.senderIds(), SourceChecks::blank);
        checks.size(source.maxSize());
        checks.lifetimes(source);
        checks.mails(source);
        checks.pages(source);
        source.uploads().check("attache.sources." + name + ".uploads");
        IdentityChecks.check("attache.sources." + name + ".identity", source.identity());
    }

    private static Optional<String> contentTypeError(String type) {
        return ContentTypes.isTypeOrRange(type)
                ? Optional.empty()
                : Optional.of("is not a media type; write it like application/pdf or image/*");
    }

    private static Optional<String> blank(String text) {
        return text.isBlank() ? Optional.of("is blank") : Optional.empty();
    }

    private void size(DataSize maxSize) {
        require(maxSize.toBytes() >= 1, ".max-size", "is " + maxSize + ", but must be at least 1B");
        require(
                maxSize.compareTo(LARGEST_FILE) <= 0,
                ".max-size",
                "is " + maxSize + ", but the upload page sends files of at most 5TB");
    }

    private void lifetimes(SourcesProperties.Source source) {
        Duration min = source.minExpiry();
        Duration max = source.maxExpiry();
        Duration usual = source.defaultExpiry();
        require(
                min.compareTo(Duration.ofSeconds(1)) >= 0,
                ".min-expiry",
                "is " + Lifetimes.text(min) + ", but must be at least 1s");
        require(
                max.compareTo(Lifetimes.LONGEST) <= 0,
                ".max-expiry",
                "is " + Lifetimes.text(max) + ", but Signature Version 4 allows 7d at most");
        require(
                min.compareTo(max) <= 0,
                ".min-expiry",
                "is " + Lifetimes.text(min) + ", which is longer than max-expiry (" + Lifetimes.text(max)
                        + "): no link could be issued");
        require(
                usual.compareTo(min) >= 0 && usual.compareTo(max) <= 0,
                ".default-expiry",
                "is " + Lifetimes.text(usual) + ", but must be between min-expiry (" + Lifetimes.text(min)
                        + ") and max-expiry (" + Lifetimes.text(max) + ")");
    }

    private void mails(SourcesProperties.Source source) {
        String bounces = source.envelopeFrom();
        if (bounces != null) {
            // SMTP commands are ASCII (RFC 5321, section 4.1.2); other characters need SMTPUTF8, which few relays
            // offer.
            require(
                    isAscii(bounces) && Addresses.isMailable(bounces),
                    ".envelope-from",
                    "is " + ObjectKeys.quoted(bounces)
                            + ", which is not a plain ASCII mail address; write it without a name, like"
                            + " bounces@example.com");
        }
        Integer hourly = source.mailsPerHour();
        require(
                hourly == null || hourly >= 1,
                ".mails-per-hour",
                "is " + hourly + ", but must be at least 1; leave it out for no limit");
        require(
                source.mailsPerRecipientPerDay() >= 1,
                ".mails-per-recipient-per-day",
                "is " + source.mailsPerRecipientPerDay() + ", but must be at least 1; leave it out for the default, "
                        + SourcesProperties.Source.MAILS_PER_RECIPIENT_PER_DAY);
    }

    private void pages(SourcesProperties.Source source) {
        Duration longest = source.maxPageExpiry();
        require(
                longest.compareTo(Duration.ofMinutes(1)) >= 0 && longest.compareTo(LONGEST_PAGE) <= 0,
                ".max-page-expiry",
                "is " + Lifetimes.text(longest) + ", but must be between 1m and " + Lifetimes.text(LONGEST_PAGE));
        require(
                longest.compareTo(source.minExpiry()) >= 0,
                ".max-page-expiry",
                "is " + Lifetimes.text(longest) + ", which is shorter than min-expiry ("
                        + Lifetimes.text(source.minExpiry()) + "): no page could be issued");
        require(
                source.renewals() >= 0 && source.renewals() <= MOST_RENEWALS,
                ".renewals",
                "is " + source.renewals() + ", but must be between 0, for none, and " + MOST_RENEWALS);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private void each(String list, List<String> values, Function<String, Optional<String>> validator) {
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            String element = list + "[" + i + "]";
            validator.apply(value).ifPresent(wrong -> require(false, element, ObjectKeys.quoted(value) + " " + wrong));
        }
    }

    private void require(boolean condition, String property, String error) {
        if (!condition) {
            throw new IllegalArgumentException(setting + property + " " + error);
        }
    }
}

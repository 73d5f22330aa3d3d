package dev.attache.issuing;

import dev.attache.contract.value.Lifetimes;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.MailLinks;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The terms of downloads that are mailed: what the request asks for, within the source's policy. */
public sealed interface DownloadTerms {

    /**
     * The shortest {@code remindBefore}: reminders are sent by a sweep, which settles what was due one minute before
     * and begins again after up to 90 seconds, and their mail takes time.
     */
    Duration SHORTEST_REMINDER = Duration.ofMinutes(3);

    SourcePolicy policy();

    /** The lifetime of the page or of the links, unless a file expires earlier. */
    Duration lifetime();

    /** The shortest lifetime of a page about files that arrived, so that it is open after a long weekend. */
    Duration SHORTEST_ARRIVAL = Duration.ofDays(4);

    /** Links directly to S3. */
    record Direct(SourcePolicy policy, Duration lifetime) implements DownloadTerms {}

    /** A link to a download page. */
    record Page(SourcePolicy policy, Duration lifetime, PageOptions options) implements DownloadTerms {}

    /**
     * Determines the terms of a request.
     *
     * @param expiresIn the lifetime that it asks for; null for the default
     * @param options the options of the page that it asks for; null for none
     * @throws RejectedException {@code EXPIRY_OUT_OF_RANGE}, or {@code CONTRACT_VIOLATION} for options that are not
     *     possible
     */
    static DownloadTerms of(SourcePolicy policy, @Nullable Duration expiresIn, @Nullable PageOptions options) {
        if (policy.mailLinks() == MailLinks.DIRECT) {
            requireNone(options, policy);
            return new Direct(policy, policy.lifetime(expiresIn));
        }
        Duration lifetime = policy.pageLifetime(expiresIn);
        PageOptions asked = options == null ? PageOptions.NONE : options;
        requirePossible(asked.remindBefore(), lifetime);
        return new Page(policy, lifetime, asked);
    }

    /**
     * The terms of files that arrived for an upload: nobody chose a lifetime for them, and the people who are told may
     * be away. A page lives for the source's default, or {@link #SHORTEST_ARRIVAL} if that is longer, but not longer
     * than the source allows.
     */
    static DownloadTerms ofArrival(SourcePolicy policy) {
        DownloadTerms terms = of(policy, null, null);
        return switch (terms) {
            case Direct direct -> direct;
            case Page page -> {
                Duration wanted = page.lifetime().compareTo(SHORTEST_ARRIVAL) > 0 ? page.lifetime() : SHORTEST_ARRIVAL;
                Duration longest = policy.maximumPageLifetime();
                yield new Page(policy, wanted.compareTo(longest) < 0 ? wanted : longest, page.options());
            }
        };
    }

    private static void requireNone(@Nullable PageOptions options, SourcePolicy policy) {
        if (options != null) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "$.data.page must be absent: mails of source %1$s link directly to S3, and to no page, because attache.sources.%1$s.mail-links is direct"
                            .formatted(policy.source()));
        }
    }

    private static void requirePossible(@Nullable Duration remindBefore, Duration lifetime) {
        if (remindBefore != null && remindBefore.compareTo(SHORTEST_REMINDER) < 0) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "$.data.page.remindBefore is %s, but reminders are sent up to %2$s late, when the page may have expired. Name %2$s or more"
                            .formatted(Lifetimes.text(remindBefore), Lifetimes.text(SHORTEST_REMINDER)));
        }
        if (remindBefore != null && remindBefore.compareTo(lifetime) >= 0) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "$.data.page.remindBefore is %s, but must be shorter than the lifetime of the page, %s"
                            .formatted(Lifetimes.text(remindBefore), Lifetimes.text(lifetime)));
        }
    }
}

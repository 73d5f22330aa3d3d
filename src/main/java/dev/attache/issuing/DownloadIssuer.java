package dev.attache.issuing;

import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.link.DownloadFile;
import dev.attache.link.DownloadLinks;
import dev.attache.link.LinkNotSignableException;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.Availability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues the links of mails about downloads. A page needs no call to S3 and stores nothing: the worker that sends the
 * mail stores it with its claim.
 */
public final class DownloadIssuer {

    private static final Logger log = LoggerFactory.getLogger(DownloadIssuer.class);

    /** The generation of a token that no recipient has renewed. */
    private static final int FIRST = 0;

    private final DownloadLinks downloads;

    private final DeliveryHashes hashes;

    private final PageTokens tokens;

    private final String pageUrl;

    private final Clock clock;

    /** @param pageUrl the URL of a page without its token */
    public DownloadIssuer(
            DownloadLinks downloads, DeliveryHashes hashes, PageTokens tokens, String pageUrl, Clock clock) {
        this.downloads = downloads;
        this.hashes = hashes;
        this.tokens = tokens;
        this.pageUrl = pageUrl;
        this.clock = clock;
    }

    /**
     * Offers files. Nothing is signed before the offer is used.
     *
     * @param files 1 to 100
     * @param order the order of a purchase; null for other purposes
     * @throws dev.attache.contract.value.RejectedException {@code OBJECT_ARCHIVED} or {@code OBJECT_EXPIRES_TOO_SOON}
     */
    public DownloadOffer offer(DownloadTerms terms, List<DownloadFile> files, DownloadPage.@Nullable Order order) {
        Duration shortest = files.stream()
                .map(file -> downloads.lifetime(terms.policy(), file, terms.lifetime()))
                .min(Duration::compareTo)
                .orElseThrow();
        return switch (terms) {
            case DownloadTerms.Direct direct ->
                (recipient, requestId, deliveryId) ->
                        new IssuedDownloads(signed(direct.policy(), files, direct.lifetime(), deliveryId), null);
            case DownloadTerms.Page page -> {
                Instant expiresAt = clock.instant().plus(shortest).truncatedTo(ChronoUnit.SECONDS);
                DownloadPage described = page(page.options(), files, expiresAt, order);
                yield (recipient, requestId, deliveryId) -> new IssuedDownloads(
                        Stream.concat(
                                        Stream.of(pageLink(page.policy(), recipient, requestId, deliveryId, described)),
                                        signedBesides(page, files, shortest, deliveryId).stream())
                                .toList(),
                        described);
            }
        };
    }

    private List<Link> signed(SourcePolicy policy, List<DownloadFile> files, Duration lifetime, String deliveryId) {
        return files.stream()
                .map(file -> downloads.link(policy, file, deliveryId, lifetime))
                .toList();
    }

    /**
     * A signed link would escape the limits of the page, and may not live as long as a page may. The mail leads to the
     * page in any case, so it does not wait for credentials that can sign.
     */
    private List<Link> signedBesides(
            DownloadTerms.Page page, List<DownloadFile> files, Duration lifetime, String deliveryId) {
        if (page.options().restrictsDownloads()
                || lifetime.compareTo(page.policy().maximumLifetime()) > 0) {
            return List.of();
        }
        try {
            return signed(page.policy(), files, lifetime, deliveryId);
        } catch (LinkNotSignableException e) {
            log.debug("Delivery {} has no signed links beside its page: {}", deliveryId, e.getMessage());
            return List.of();
        }
    }

    private Link pageLink(
            SourcePolicy policy, Recipient recipient, String requestId, String deliveryId, DownloadPage page) {
        String token = tokens.token(hashes.key(policy.source(), requestId, recipient.address(), deliveryId), FIRST);
        String title = page.items().size() > 1 ? null : page.items().getFirst().title();
        return Link.downloadPage(new SignedUrl(pageUrl + token), title, page.expiresAt());
    }

    private DownloadPage page(
            PageOptions options, List<DownloadFile> files, Instant expiresAt, DownloadPage.@Nullable Order order) {
        return new DownloadPage(
                files.stream().map(DownloadIssuer::item).toList(),
                expiresAt,
                options.maxDownloads(),
                options.isOneTime(),
                options.isConfirmAddress(),
                remindAt(options.remindBefore(), expiresAt),
                options.isReportExpiry(),
                order);
    }

    private static DownloadPage.Item item(DownloadFile file) {
        return new DownloadPage.Item(
                file.object(),
                file.text(),
                file.fileName(),
                file.stored().contentLength(),
                file.stored().contentType(),
                file.stored().eTag().isEmpty() ? null : file.stored().eTag(),
                end(file.stored().availability()));
    }

    private static @Nullable Instant end(Availability availability) {
        return availability instanceof Availability.Readable(Instant until) ? until : null;
    }

    /** There is no reminder if a file expires so early that the reminder would be sent at once. */
    private @Nullable Instant remindAt(@Nullable Duration remindBefore, Instant expiresAt) {
        if (remindBefore == null) {
            return null;
        }
        Instant remindAt = expiresAt.minus(remindBefore);
        return remindAt.isAfter(clock.instant()) ? remindAt : null;
    }
}

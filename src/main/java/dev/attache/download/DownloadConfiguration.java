package dev.attache.download;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.value.PagePaths;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.link.LinkSigner;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.sweep.DueSweep;
import dev.attache.sweep.SweepSchedule;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The beans of download pages. Those that serve the pages use the pages' own S3 client, and are created only if there
 * are pages.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DownloadsProperties.class)
class DownloadConfiguration {

    /** The most pages whose events are published at the same time. */
    private static final int ANNOUNCED_AT_ONCE = 32;

    /** The most due entries that one instance settles at the same time. */
    private static final int SETTLED_AT_ONCE = 16;

    /** The time in which the instance that counted a use publishes its events itself. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    @Bean
    DownloadMetrics downloadMetrics(final MeterRegistry meters) {
        return new DownloadMetrics(meters);
    }

    @Bean
    DownloadEvents downloadEvents(final Clock clock) {
        return new DownloadEvents(clock);
    }

    @Bean
    PageMails pageMails(
            final PageTokens tokens, @Value("${attache.gateway.public-url}") final URI publicUrl, final Clock clock) {
        return new PageMails(tokens, publicUrl.toASCIIString().replaceAll("/+$", "") + PagePaths.DOWNLOAD, clock);
    }

    @Bean
    Publication downloadPublication(final StreamBridge bridge) {
        return message -> {
            String binding = EventMessages.binding(message);
            if (!bridge.send(binding, message)) {
                throw new IllegalStateException("A message could not be sent to " + binding);
            }
        };
    }

    /** Rejects tasks when it is busy: a sweep does them later. */
    @Bean(defaultCandidate = false)
    AsyncTaskExecutor downloadAnnouncements() {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("download-events-");
        executor.setVirtualThreads(true);
        executor.setConcurrencyLimit(ANNOUNCED_AT_ONCE);
        executor.setRejectTasksWhenLimitReached(true);
        return executor;
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    LinkChangeHandler linkChangeHandler(final LinkChanges changes, final EventCodec codec, final Clock clock) {
        return new LinkChangeHandler(changes, new EventMessages(codec), clock);
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    PageStatuses pageStatuses(
            final IssuedPages pages,
            final DownloadUses uses,
            final LinkChanges changes,
            final SourcePolicies policies,
            final Clock clock) {
        return new PageStatuses(pages, uses, changes, policies, clock);
    }

    @Bean
    UseAnnouncer useAnnouncer(
            final DownloadUses uses,
            final DueDownloads due,
            final DownloadEvents events,
            final PageMails mails,
            final EventCodec codec,
            final Publication publication,
            @Qualifier("downloadAnnouncements") final AsyncTaskExecutor background) {
        return new UseAnnouncer(uses, due, events, mails, new EventMessages(codec), publication, background);
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    DuePages duePages(
            final DueDownloads due,
            final PageStatuses statuses,
            final DownloadUses uses,
            final UseAnnouncer announcer,
            final DownloadEvents events,
            final PageMails mails,
            final EventCodec codec,
            final Publication publication,
            final DownloadMetrics metrics) {
        return new DuePages(
                due, statuses, uses, announcer, events, mails, new EventMessages(codec), publication, metrics);
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    SweepSchedule pageSweeps(
            final DuePages pages, final DueDownloads due, final DownloadsProperties properties, final Clock clock) {
        DueSweep<Due> rounds = new DueSweep<>(
                due::until,
                due::untilAfter,
                pages::settle,
                "due download pages",
                GRACE,
                properties.sweepLimit(),
                SETTLED_AT_ONCE,
                clock);
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new SweepSchedule("due download pages", rounds::sweep, properties.sweepInterval(), random);
    }

    /** What the pages use, with their own S3 client. */
    @Lazy
    @Bean(defaultCandidate = false)
    PageStatuses statusesForPages(
            @Qualifier("pageIssuedPages") final IssuedPages pages,
            @Qualifier("pageDownloadUses") final DownloadUses uses,
            @Qualifier("pageLinkChanges") final LinkChanges changes,
            final SourcePolicies policies,
            final Clock clock) {
        return pageStatuses(pages, uses, changes, policies, clock);
    }

    @Lazy
    @Bean
    DownloadUsage downloadUsage(
            @Qualifier("statusesForPages") final PageStatuses statuses,
            @Qualifier("pageDownloadUses") final DownloadUses uses,
            @Qualifier("pageDueDownloads") final DueDownloads due,
            @Qualifier("pageCatalog") final ObjectCatalog catalog,
            final LinkSigner signer,
            final UseAnnouncer announcer,
            final DownloadsProperties properties,
            final DownloadMetrics metrics,
            final Clock clock) {
        return new DownloadUsage(
                statuses,
                new ItemLinks(new ItemObjects(catalog, clock), signer, properties.linkLifetime()),
                uses,
                due,
                announcer,
                randomIds(),
                metrics);
    }

    @Lazy
    @Bean
    DownloadRenewals downloadRenewals(
            @Qualifier("statusesForPages") final PageStatuses statuses,
            @Qualifier("pageDownloadUses") final DownloadUses uses,
            @Qualifier("pageDueDownloads") final DueDownloads due,
            @Qualifier("pageCatalog") final ObjectCatalog catalog,
            final UseAnnouncer announcer,
            final DownloadMetrics metrics,
            final Clock clock) {
        ItemObjects objects = new ItemObjects(catalog, clock);
        return new DownloadRenewals(statuses, objects, uses, due, announcer, randomIds(), metrics);
    }

    /** For operators. */
    @Lazy
    @Bean
    PageReports pageReports(@Qualifier("statusesForPages") final PageStatuses statuses) {
        return new PageReports(statuses);
    }

    @Lazy
    @Bean
    DownloadResends downloadResends(
            @Qualifier("statusesForPages") final PageStatuses statuses,
            final DownloadRenewals renewals,
            @Qualifier("pageCatalog") final ObjectCatalog catalog,
            final Clock clock) {
        return new DownloadResends(statuses, renewals, new ItemObjects(catalog, clock));
    }

    /** For changes that operators ask for. */
    @Lazy
    @Bean(defaultCandidate = false)
    LinkChangeHandler pageLinkChangeHandler(
            @Qualifier("pageLinkChanges") final LinkChanges changes, final EventCodec codec, final Clock clock) {
        return linkChangeHandler(changes, codec, clock);
    }

    /** 128 random bits each. */
    private static Supplier<String> randomIds() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bits = new byte[16];
            random.nextBytes(bits);
            return HexFormat.of().formatHex(bits);
        };
    }
}

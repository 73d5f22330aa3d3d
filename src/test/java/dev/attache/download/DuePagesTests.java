package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.link.LinkExpired;
import dev.attache.contract.value.DownloadPage;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.DueDownloads.Kind;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuePagesTests extends DownloadTestBase {

    private static final Instant REMIND_AT = PageBuilder.EXPIRES.minus(Duration.ofDays(2));

    /** After the minute of the reminder. */
    private static final Instant REMINDING = REMIND_AT.plus(Duration.ofMinutes(2));

    private static final Instant EXPIRED = PageBuilder.EXPIRES.plus(Duration.ofMinutes(2));

    private PageToken reminded() {
        return issue(new PageBuilder().remindBefore(Duration.ofDays(2)));
    }

    private PageToken reported() {
        return issue(new PageBuilder().reportExpiry());
    }

    private void sweepAt(Instant time) {
        clock.set(time);
        sweep();
    }

    private double settled(String result) {
        return meters.get("attache.downloads.due")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void mostPagesHaveNoMarker() {
        issue(new PageBuilder().oneTime().maxDownloads(3).confirmAddress());

        assertThat(s3.objects).isEmpty();
    }

    @Test
    void recipientWhoHasNotDownloadedGetsOneReminder() {
        PageToken token = reminded();
        sweepAt(REMIND_AT);
        assertThat(published).isEmpty();

        sweepAt(REMINDING);
        sweepAt(EXPIRED);

        CloudEvent<LinkIssued> mail = event(EventType.LINK_ISSUED);
        assertThat(mail.data().purpose()).isEqualTo(LinkIssued.Purpose.REMINDER);
        assertThat(mail.data().recipient()).isEqualTo(pages.get(token.key()).recipient());
        assertThat(tokenOf(mail)).isEqualTo(token);
        assertThat(bindings(EventType.LINK_ISSUED)).containsOnly("deliveries");
        assertThat(mail.data().page())
                .satisfies(page -> assertThat(page.items())
                        .isEqualTo(pages.get(token.key()).page().items()))
                .extracting(DownloadPage::expiresAt, DownloadPage::remindAt, DownloadPage::reportExpiry)
                .containsExactly(PageBuilder.EXPIRES, null, false);
        assertThat(markers.until(EXPIRED, 9)).isEmpty();
    }

    @Test
    void recipientWhoHasDownloadedGetsNone() {
        press(reminded());
        runBackground();

        sweepAt(REMINDING);

        assertThat(events(EventType.LINK_ISSUED)).isEmpty();
        assertThat(settled("dropped")).isPositive();
    }

    @Test
    void reminderIsNotRepeatedWhenTheEventOfTheMailIsReceivedAgain() {
        PageToken token = reminded();
        sweepAt(REMINDING);
        List<String> before = types();

        markers.schedule(token.key(), pages.get(token.key()));
        sweep();

        assertThat(types()).isEqualTo(before);
        assertThat(markers.until(EXPIRED, 9)).isEmpty();
    }

    @Test
    void lateSweepRemindsNobodyOfAnExpiredPage() {
        reminded();

        sweepAt(EXPIRED);

        assertThat(published).isEmpty();
        assertThat(markers.until(EXPIRED, 9)).isEmpty();
    }

    @Test
    void reminderOfAnExtendedPageIsAsLongBeforeItsNewExpiry() {
        reminded();
        Instant until = PageBuilder.EXPIRES.plus(Duration.ofDays(5));
        worker.changes.extend(new Target.OfRequest("crm", "r-1"), until, clock.instant(), "x-1");

        sweepAt(REMINDING);
        assertThat(published).isEmpty();
        sweepAt(REMINDING.plus(Duration.ofDays(5)));

        assertThat(event(EventType.LINK_ISSUED).data().links().getFirst().expiresAt())
                .isEqualTo(until);
    }

    @Test
    void expiryIsReportedWithWhatWasDownloaded() {
        PageToken token =
                issue(new PageBuilder().keys("shared/a.pdf", "shared/b.pdf").reportExpiry());
        Instant downloadedAt = clock.instant();
        worker.usage.press(token, 1, null);
        runBackground();
        sweepAt(PageBuilder.EXPIRES);
        assertThat(events(EventType.LINK_EXPIRED)).isEmpty();

        sweepAt(EXPIRED);

        LinkExpired expired = event(EventType.LINK_EXPIRED).data();
        assertThat(expired.downloaded()).isTrue();
        assertThat(expired.expiredAt()).isEqualTo(PageBuilder.EXPIRES);
        assertThat(expired.items()).extracting(LinkExpired.Item::downloads).containsExactly(0, 1);
        assertThat(expired.items()).extracting(LinkExpired.Item::downloadedAt).containsExactly(null, downloadedAt);
        assertThat(markers.until(EXPIRED, 9)).isEmpty();
    }

    @Test
    void pageThatNobodyUsedIsReportedAsNotDownloaded() {
        reported();

        sweepAt(EXPIRED);

        assertThat(event(EventType.LINK_EXPIRED).data().downloaded()).isFalse();
    }

    @Test
    void exhaustedPageIsReportedWhenItWouldHaveExpired() {
        press(issue(new PageBuilder().maxDownloads(1).reportExpiry()));
        runBackground();

        sweepAt(EXPIRED);

        assertThat(event(EventType.LINK_EXPIRED).data().expiredAt()).isEqualTo(PageBuilder.EXPIRES);
    }

    private PageToken renew(PageToken token) {
        source.renewals = 1;
        worker.renewals.request(token);
        runBackground();
        return tokenOf(event(EventType.LINK_ISSUED));
    }

    private List<LinkExpired> reports() {
        return events(EventType.LINK_EXPIRED).stream()
                .map(CloudEvent::data)
                .sorted(Comparator.comparing(LinkExpired::expiredAt))
                .toList();
    }

    @Test
    void pageThatWasRenewedBeforeTheReportIsReportedWhenTheNewLinkEnds() {
        PageToken token = reported();
        clock.set(PageBuilder.EXPIRES.plusSeconds(1));
        PageToken renewed = renew(token);
        Instant end = clock.instant().plus(Duration.ofDays(7));

        sweepAt(EXPIRED);
        assertThat(events(EventType.LINK_EXPIRED)).isEmpty();
        worker.usage.press(renewed, 0, null);
        runBackground();
        sweepAt(end.plus(Duration.ofMinutes(2)));

        LinkExpired report = event(EventType.LINK_EXPIRED).data();
        assertThat(report.expiredAt()).isEqualTo(end);
        assertThat(report.downloaded()).isTrue();
        assertThat(markers.until(end.plus(Duration.ofDays(1)), 9)).isEmpty();
    }

    @Test
    void pageThatWasRenewedAfterTheReportIsReportedAgainWhenTheNewLinkEnds() {
        PageToken token = reported();
        sweepAt(EXPIRED);
        clock.advance(Duration.ofDays(1));
        PageToken renewed = renew(token);
        Instant end = clock.instant().plus(Duration.ofDays(7));
        worker.usage.press(renewed, 0, null);
        runBackground();

        sweepAt(end.plus(Duration.ofMinutes(2)));
        sweepAt(end.plus(Duration.ofDays(1)));

        assertThat(reports()).extracting(LinkExpired::expiredAt).containsExactly(PageBuilder.EXPIRES, end);
        assertThat(reports()).extracting(LinkExpired::downloaded).containsExactly(false, true);
    }

    /** One worker has looked the page up, and publishes the report; meanwhile the recipient renews the page. */
    @Test
    void renewalDuringTheReportHasItsOwnReport() {
        PageToken token = reported();
        clock.set(EXPIRED);
        onPublish = () -> {
            onPublish = () -> {};
            source.renewals = 1;
            other.renewals.request(token);
        };

        worker.due.settle(markers.until(EXPIRED, 9).getFirst());
        runBackground();
        Instant end = EXPIRED.plus(Duration.ofDays(7));
        sweepAt(end.plus(Duration.ofMinutes(2)));

        assertThat(types()).containsSubsequence("link.expired", "link.renewed", "link.expired");
        assertThat(worker.uses.find(token.key()).expiryAnnounced()).isTrue();
    }

    /** An extension had opened the first link, which expired before the renewed one, and confirmed the address. */
    @Test
    void linkThatConfirmsTheAddressAndExpiresEarlierDoesNotEndThePage() {
        PageToken token = reported();
        Instant end = PageBuilder.EXPIRES.plus(Duration.ofDays(7));
        worker.uses.change(
                token.key(),
                use -> use.withRenewal(Renewal.of(PageBuilder.EXPIRES, end))
                        .withRenewal(Renewal.confirming(EXPIRED, end.minus(Duration.ofDays(1)))));

        sweepAt(end.minus(Duration.ofHours(1)));
        assertThat(events(EventType.LINK_EXPIRED)).isEmpty();
        sweepAt(end.plus(Duration.ofMinutes(2)));

        assertThat(event(EventType.LINK_EXPIRED).data().expiredAt()).isEqualTo(end);
    }

    @Test
    void pageThatWasExtendedAfterTheReportAndIsUsedIsReportedAgain() {
        PageToken token = reported();
        sweepAt(EXPIRED);
        Instant until = PageBuilder.EXPIRES.plus(Duration.ofDays(3));
        worker.changes.extend(new Target.OfRequest("crm", "r-1"), until, clock.instant(), "x-1");
        press(token);
        runBackground();

        sweepAt(until.plus(Duration.ofMinutes(2)));

        assertThat(reports()).extracting(LinkExpired::expiredAt).containsExactly(PageBuilder.EXPIRES, until);
        assertThat(reports()).extracting(LinkExpired::downloaded).containsExactly(false, true);
        assertThat(markers.until(until.plus(Duration.ofDays(1)), 9)).isEmpty();
    }

    @Test
    void renewedPageThatWasExhaustedIsReportedWhenTheNewLinkWouldHaveExpired() {
        PageToken token = issue(new PageBuilder().maxDownloads(1).reportExpiry());
        clock.set(PageBuilder.EXPIRES);
        PageToken renewed = renew(token);
        worker.usage.press(renewed, 0, null);
        runBackground();

        sweepAt(EXPIRED);
        assertThat(events(EventType.LINK_EXPIRED)).isEmpty();
        Instant end = PageBuilder.EXPIRES.plus(Duration.ofDays(7));
        sweepAt(end.plus(Duration.ofMinutes(2)));

        assertThat(event(EventType.LINK_EXPIRED).data().expiredAt()).isEqualTo(end);
    }

    /** The mail states one time for all of its files. */
    @Test
    void extendedPageIsRemindedBeforeTheFirstOfItsFilesIsDeleted() {
        Instant end = PageBuilder.EXPIRES.plus(Duration.ofDays(3));
        issue(new PageBuilder()
                .keys("shared/a.pdf", "shared/b.pdf")
                .availableUntil("shared/b.pdf", end)
                .remindBefore(Duration.ofDays(2)));
        worker.changes.extend(
                new Target.OfRequest("crm", "r-1"),
                PageBuilder.EXPIRES.plus(Duration.ofDays(9)),
                clock.instant(),
                "x-1");

        sweepAt(REMINDING);
        assertThat(published).isEmpty();
        sweepAt(REMINDING.plus(Duration.ofDays(3)));

        LinkIssued mail = event(EventType.LINK_ISSUED).data();
        assertThat(mail.links().getFirst().expiresAt()).isEqualTo(end);
        assertThat(mail.page()).isNotNull();
        assertThat(mail.page().expiresAt()).isEqualTo(end);
    }

    @Test
    void reportOfAnExtendedPageStatesWhenItsFileWasDeleted() {
        Instant end = PageBuilder.EXPIRES.plus(Duration.ofDays(3));
        issue(new PageBuilder().availableUntil("shared/a.pdf", end).reportExpiry());
        worker.changes.extend(
                new Target.OfRequest("crm", "r-1"),
                PageBuilder.EXPIRES.plus(Duration.ofDays(9)),
                clock.instant(),
                "x-1");

        sweepAt(EXPIRED);
        sweepAt(end.plus(Duration.ofMinutes(2)));

        assertThat(event(EventType.LINK_EXPIRED).data().expiredAt()).isEqualTo(end);
    }

    @Test
    void entryThatCannotBePublishedKeepsItsMarker() {
        reported();
        topicIsDown = true;
        sweepAt(EXPIRED);
        assertThat(settled("failed")).isEqualTo(2);
        assertThat(markers.until(EXPIRED, 9)).hasSize(1);
        topicIsDown = false;

        sweep();

        assertThat(events(EventType.LINK_EXPIRED)).hasSize(1);
        assertThat(markers.until(EXPIRED, 9)).isEmpty();
    }

    @Test
    void reportIsPublishedAgainWithTheSameIdIfItCouldNotBeRecorded() {
        reported();
        clock.set(EXPIRED);
        s3.troubles.add(Trouble.UNAVAILABLE);
        Due marker = markers.until(EXPIRED, 9).getFirst();

        assertThat(worker.due.settle(marker)).isFalse();
        assertThat(other.due.settle(marker)).isTrue();

        assertThat(types()).containsExactly("link.expired", "link.expired");
        assertThat(events(EventType.LINK_EXPIRED)).hasSize(1);
    }

    @Test
    void markerOfADeletedPageIsRemoved() {
        reported();
        pages.clear();

        sweepAt(EXPIRED);

        assertThat(published).isEmpty();
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void markersArePlannedWhenTheMailIsSent() {
        PageToken token =
                issue(new PageBuilder().remindBefore(Duration.ofDays(2)).reportExpiry());

        assertThat(markers.until(EXPIRED, 9))
                .containsExactly(
                        new Due(REMIND_AT, Kind.REMINDER, token.key(), ""),
                        new Due(PageBuilder.EXPIRES, Kind.EXPIRY, token.key(), ""));
    }
}

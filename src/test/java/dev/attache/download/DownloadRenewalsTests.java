package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.link.LinkRenewed;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DownloadRenewalsTests extends DownloadTestBase {

    private static final Duration WEEK = Duration.ofDays(7);

    private final PageToken token = issue(new PageBuilder());

    private void expire() {
        clock.set(PageBuilder.EXPIRES.plus(Duration.ofHours(1)));
    }

    private void request(DownloadWorker by, PageToken old) {
        by.renewals.request(old);
        runBackground();
    }

    private double counted(String result) {
        return meters.get("attache.downloads.renewals")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void newLinkGoesToTheFirstRecipient() {
        source.renewals = 1;
        expire();
        assertThat(worker.usage.find(token).orElseThrow().renewable()).isTrue();

        request(worker, token);

        Instant until = clock.instant().plus(WEEK);
        CloudEvent<LinkIssued> mail = event(EventType.LINK_ISSUED);
        assertThat(mail.data().purpose()).isEqualTo(LinkIssued.Purpose.RENEWAL);
        assertThat(mail.data().recipient()).isEqualTo(pages.get(token.key()).recipient());
        assertThat(mail.data().links()).extracting(Link::rel).containsExactly(Link.Rel.DOWNLOAD_PAGE);
        assertThat(mail.data().links().getFirst().expiresAt()).isEqualTo(until);
        assertThat(mail.data().page()).isNotNull();
        assertThat(bindings(EventType.LINK_ISSUED)).containsExactly("deliveries");
        LinkRenewed renewed = event(EventType.LINK_RENEWED).data();
        assertThat(renewed.renewedAt()).isEqualTo(clock.instant());
        assertThat(renewed.expiresAt()).isEqualTo(until);
        assertThat(renewed.deliveryId()).isEqualTo(pages.get(token.key()).deliveryId());
    }

    @Test
    void newTokenWorksAndTheOldOneStaysExpired() {
        source.renewals = 1;
        expire();
        request(worker, token);

        PageToken renewed = tokenOf(event(EventType.LINK_ISSUED));

        assertThat(renewed).isEqualTo(new PageToken(token.key(), 1));
        assertThat(other.usage.press(token, 0, null)).isEqualTo(new Result.Refused(Refusal.EXPIRED));
        assertThat(other.usage.press(renewed, 0, null)).isInstanceOf(Result.Redirect.class);
        clock.advance(WEEK);
        assertThat(other.usage.press(renewed, 0, null)).isEqualTo(new Result.Refused(Refusal.EXPIRED));
    }

    @Test
    void renewalsAreOffByDefault() {
        expire();

        request(worker, token);

        assertThat(published).isEmpty();
        assertThat(s3.objects).isEmpty();
        assertThat(counted("not-allowed")).isOne();
        assertThat(worker.usage.find(token).orElseThrow().renewable()).isFalse();
    }

    @Test
    void pageIsRenewedAsOftenAsTheSourceAllows() {
        source.renewals = 2;
        for (int i = 0; i < 4; i++) {
            clock.advance(WEEK.plusSeconds(1));
            request(worker, token);
        }

        assertThat(events(EventType.LINK_ISSUED)).hasSize(2);
        assertThat(events(EventType.LINK_ISSUED))
                .extracting(mail -> tokenOf(mail).generation())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void openPageIsNotRenewed() {
        source.renewals = 9;

        request(worker, token);
        expire();
        request(worker, token);
        request(other, token);
        request(other, new PageToken(token.key(), 1));

        assertThat(events(EventType.LINK_ISSUED)).hasSize(1);
        assertThat(counted("not-expired")).isEqualTo(3);
    }

    @Test
    void unknownPageGetsTheSameAnswer() {
        pages.clear();

        request(worker, token);

        assertThat(published).isEmpty();
        assertThat(counted("unknown")).isOne();
    }

    @Test
    void renewalWhoseResponseWasLostIsOneRenewal() {
        source.renewals = 5;
        expire();
        s3.troubles.addAll(List.of(Trouble.NONE, Trouble.ANSWER_LOST));

        request(worker, token);

        assertThat(events(EventType.LINK_ISSUED)).hasSize(1);
        assertThat(worker.uses.find(token.key()).renewals()).hasSize(1);
    }

    @Test
    void failureOfTheLedgerIsThrownAndCountsNothing() {
        source.renewals = 1;
        expire();
        s3.troubles.addAll(List.of(Trouble.NONE, Trouble.UNAVAILABLE));

        assertThatThrownBy(() -> worker.renewals.request(token)).isInstanceOf(S3Exception.class);
        request(other, token);

        assertThat(events(EventType.LINK_ISSUED)).hasSize(1);
    }

    @Test
    void sweepSendsTheMailThatCouldNotBePublished() {
        source.renewals = 1;
        topicIsDown = true;
        expire();
        request(worker, token);
        topicIsDown = false;
        clock.advance(Duration.ofMinutes(2));

        sweep();

        assertThat(types()).contains("link.issued", "link.renewed");
        assertThat(events(EventType.LINK_ISSUED)).hasSize(1);
        assertThat(markers.until(clock.instant(), 9)).isEmpty();
    }

    @Test
    void renewalLivesNoLongerThanTheRecordsOfThePage() {
        source.renewals = 1;
        clock.set(PageBuilder.ISSUED.plus(Duration.ofDays(88)));

        request(worker, token);

        assertThat(event(EventType.LINK_RENEWED).data().expiresAt())
                .isEqualTo(PageBuilder.ISSUED.plus(Duration.ofDays(90)));
    }

    @Test
    void pageThatIsTooOldIsNotRenewed() {
        source.renewals = 1;
        clock.set(PageBuilder.ISSUED.plus(Duration.ofDays(90)));

        request(worker, token);

        assertThat(published).isEmpty();
    }

    @Test
    void pageWithoutFilesIsNotRenewed() {
        source.renewals = 1;
        expire();
        bucket.delete("shared/a.pdf");

        request(worker, token);

        assertThat(published).isEmpty();
        assertThat(counted("no-object")).isOne();
    }

    private void assertNothingToRenew(PageToken page) {
        source.renewals = 1;
        request(worker, page);

        assertThat(events(EventType.LINK_ISSUED)).isEmpty();
        assertThat(worker.uses.find(page.key()).renewals()).isEmpty();
    }

    @Test
    void pageOfAReplacedFileIsNotRenewed() {
        expire();
        bucket.withModified("shared/a.pdf", clock.instant());

        assertNothingToRenew(token);
        assertThat(counted("no-object")).isOne();
    }

    @Test
    void pageOfAFileThatTheSourceMayNotLinkToIsNotRenewed() {
        bucket.with("secret/a.pdf", 500, "application/pdf", "e");
        PageToken secret = issue(new PageBuilder().request("r-2").keys("secret/a.pdf"));
        expire();

        assertNothingToRenew(secret);
        assertThat(counted("no-object")).isOne();
    }

    /** The first file is withdrawn, and the second does not exist any more. */
    @Test
    void pageOfWhichNoFileCanBeDownloadedIsNotRenewed() {
        PageToken page = issue(new PageBuilder().request("r-2").keys("shared/a.pdf", "shared/b.pdf"));
        expire();
        worker.changes.revoke(
                new Target.OfObject("crm", new ObjectRef("attache", "shared/a.pdf", null)), clock.instant(), "x-1");
        bucket.delete("shared/b.pdf");

        assertNothingToRenew(page);
        assertThat(counted("no-object")).isOne();
    }

    @Test
    void pageOfWhichOneFileCanBeDownloadedIsRenewed() {
        PageToken page = issue(new PageBuilder().request("r-2").keys("shared/a.pdf", "shared/b.pdf"));
        expire();
        bucket.delete("shared/b.pdf");
        source.renewals = 1;

        request(worker, page);

        PageToken renewed = tokenOf(event(EventType.LINK_ISSUED));
        assertThat(other.usage.press(renewed, 0, null)).isInstanceOf(Result.Redirect.class);
    }

    @Test
    void renewalLivesNoLongerThanItsFile() {
        Instant end = PageBuilder.EXPIRES.plus(Duration.ofDays(3));
        PageToken page = issue(new PageBuilder().request("r-2").availableUntil("shared/a.pdf", end));
        expire();
        source.renewals = 1;

        request(worker, page);

        assertThat(event(EventType.LINK_RENEWED).data().expiresAt()).isEqualTo(end);
        assertThat(worker.usage.find(new PageToken(page.key(), 1)).orElseThrow().state())
                .isEqualTo(new State.Open(end));
    }

    @Test
    void mailOfARenewalDoesNotNameADeletedFile() {
        PageToken page = issue(new PageBuilder()
                .request("r-2")
                .keys("shared/a.pdf", "shared/b.pdf")
                .availableUntil("shared/a.pdf", PageBuilder.EXPIRES));
        expire();
        source.renewals = 1;

        request(worker, page);

        CloudEvent<LinkIssued> mail = event(EventType.LINK_ISSUED);
        assertThat(mail.data().page()).isNotNull();
        assertThat(mail.data().page().items())
                .extracting(item -> item.object().key())
                .containsExactly("shared/b.pdf");
        assertThat(other.usage.press(tokenOf(mail), 1, null)).isInstanceOf(Result.Redirect.class);
        assertThat(other.usage.press(tokenOf(mail), 0, null)).isEqualTo(new Result.Refused(Refusal.OBJECT_GONE));
    }

    @Test
    void pageWhoseFilesAreDeletedOffersNoNewLink() {
        PageToken page = issue(new PageBuilder().request("r-2").availableUntil("shared/a.pdf", PageBuilder.EXPIRES));
        expire();

        assertNothingToRenew(page);
        assertThat(worker.usage.find(page).orElseThrow().renewable()).isFalse();
        assertThat(counted("not-allowed")).isOne();
    }

    @Test
    void renewedPageShowsItsOwnExpiry() {
        source.renewals = 1;
        expire();
        request(worker, token);

        assertThat(worker.usage
                        .find(new PageToken(token.key(), 1))
                        .orElseThrow()
                        .state())
                .isEqualTo(new State.Open(clock.instant().plus(WEEK)));
        assertThat(worker.usage.find(token).orElseThrow().state()).isEqualTo(new State.Expired(PageBuilder.EXPIRES));
        assertThat(worker.usage.find(token).orElseThrow().renewable()).isFalse();
    }
}

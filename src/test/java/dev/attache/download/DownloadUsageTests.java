package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.EventType;
import dev.attache.contract.link.LinkDownloaded;
import dev.attache.contract.link.LinkExhausted;
import dev.attache.contract.value.SignedUrl;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DownloadUsageTests extends DownloadTestBase {

    private static Result refused(Refusal reason) {
        return new Result.Refused(reason);
    }

    private static Result redirect() {
        return new Result.Redirect(new SignedUrl(REDIRECT));
    }

    private int count(PageToken token) {
        return worker.uses.find(token.key()).item(0).count();
    }

    @Test
    void pressLeadsToTheFileAndIsCounted() {
        PageToken token = issue(new PageBuilder());

        assertThat(press(token)).isEqualTo(redirect());

        assertThat(count(token)).isOne();
        assertThat(meters.get("attache.downloads")
                        .tag("result", "redirected")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void viewChangesNothing() {
        PageToken token = issue(new PageBuilder().oneTime());
        for (int i = 0; i < 1000; i++) {
            worker.usage.find(token);
        }

        assertThat(s3.objects).isEmpty();
        assertThat(worker.usage.find(token)).hasValueSatisfying(view -> {
            assertThat(view.state()).isEqualTo(new State.Open(PageBuilder.EXPIRES));
            assertThat(view.mustConfirm()).isFalse();
            assertThat(view.renewable()).isFalse();
        });
        assertThat(press(token)).isEqualTo(redirect());
    }

    @Test
    void pageIsNotThereBeforeItsMailIsClaimed() {
        PageToken token = new PageToken(new DeliveryKey(1, 2, new UUID(3, 4)), 0);

        assertThat(worker.usage.find(token)).isEmpty();
        assertThat(press(token)).isEqualTo(refused(Refusal.NOT_YET));
    }

    @Test
    void firstDownloadIsAnnouncedOnce() {
        PageToken token = issue(new PageBuilder());
        press(token);
        runBackground();
        clock.advance(Duration.ofMinutes(30));
        press(token);
        runBackground();
        sweep();

        assertThat(types()).containsExactly("link.downloaded");
        LinkDownloaded downloaded = event(EventType.LINK_DOWNLOADED).data();
        assertThat(downloaded.downloadedAt()).isEqualTo(PageBuilder.ISSUED.plus(Duration.ofHours(1)));
        assertThat(downloaded.object().key()).isEqualTo("shared/a.pdf");
        assertThat(downloaded.recipient().address()).isEqualTo("ana@example.com");
        assertThat(markers.until(clock.instant().plus(Duration.ofDays(99)), 9)).isEmpty();
    }

    @Test
    void eachItemIsAnnounced() {
        PageToken token = issue(new PageBuilder().keys("shared/a.pdf", "shared/b.pdf"));

        worker.usage.press(token, 1, null);
        worker.usage.press(token, 0, null);
        runBackground();

        assertThat(events(EventType.LINK_DOWNLOADED))
                .extracting(event -> event.data().object().key())
                .containsExactlyInAnyOrder("shared/a.pdf", "shared/b.pdf");
    }

    @Test
    void topicThatIsDownDoesNotBlockTheDownload() {
        topicIsDown = true;
        PageToken token = issue(new PageBuilder());

        assertThat(press(token)).isEqualTo(redirect());
        runBackground();
        assertThat(published).isEmpty();
        topicIsDown = false;
        clock.advance(Duration.ofMinutes(2));
        sweep();

        assertThat(events(EventType.LINK_DOWNLOADED)).hasSize(1);
        assertThat(markers.until(clock.instant(), 9)).isEmpty();
    }

    @Test
    void nextUseAnnouncesWhatCouldNotBePublished() {
        topicIsDown = true;
        PageToken token = issue(new PageBuilder());
        press(token);
        runBackground();
        topicIsDown = false;

        assertThat(other.usage.press(token, 0, null)).isEqualTo(redirect());
        runBackground();

        assertThat(types()).containsExactly("link.downloaded");
    }

    @Test
    void workerThatStopsBeforePublishingLosesNoEvent() {
        PageToken token = issue(new PageBuilder());
        backgroundIsBusy = true;
        press(token);
        clock.advance(Duration.ofMinutes(2));

        sweep();

        assertThat(events(EventType.LINK_DOWNLOADED)).hasSize(1);
    }

    @Test
    void limitAdmitsAsManyDownloadsAndIsAnnounced() {
        PageToken token = issue(new PageBuilder().maxDownloads(2));

        assertThat(press(token)).isEqualTo(redirect());
        assertThat(other.usage.press(token, 0, null)).isEqualTo(redirect());
        assertThat(press(token)).isEqualTo(refused(Refusal.EXHAUSTED));
        runBackground();

        assertThat(types()).containsOnly("link.downloaded", "link.exhausted");
        LinkExhausted exhausted = event(EventType.LINK_EXHAUSTED).data();
        assertThat(exhausted.downloads()).isEqualTo(2);
        assertThat(events(EventType.LINK_DOWNLOADED)).hasSize(1);
        assertThat(count(token)).isEqualTo(2);
    }

    @Test
    void oneTimePageMayBePressedAgainForAQuarterOfAnHour() {
        PageToken token = issue(new PageBuilder().oneTime());

        assertThat(press(token)).isEqualTo(redirect());
        runBackground();
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(press(token)).isEqualTo(redirect());
        clock.advance(Duration.ofSeconds(1));
        assertThat(press(token)).isEqualTo(refused(Refusal.EXHAUSTED));
        runBackground();
        assertThat(types()).containsExactly("link.downloaded");
        clock.advance(Duration.ofMinutes(2));
        sweep();

        LinkExhausted exhausted = event(EventType.LINK_EXHAUSTED).data();
        assertThat(exhausted.downloads()).isEqualTo(2);
        assertThat(markers.until(clock.instant(), 9)).isEmpty();
    }

    @Test
    void useIsCountedOnceWhenTheResponseToItsWriteWasLost() {
        PageToken token = issue(new PageBuilder().maxDownloads(1));
        // The marker of the use, and the use itself.
        s3.troubles.addAll(List.of(Trouble.NONE, Trouble.ANSWER_LOST));

        assertThat(press(token)).isEqualTo(redirect());

        assertThat(count(token)).isOne();
        assertThat(press(token)).isEqualTo(refused(Refusal.EXHAUSTED));
    }

    @Test
    void nothingIsCountedWhenTheLedgerFails() {
        PageToken token = issue(new PageBuilder().maxDownloads(1));
        s3.troubles.addAll(List.of(Trouble.NONE, Trouble.UNAVAILABLE));

        assertThatThrownBy(() -> press(token)).isInstanceOf(S3Exception.class);
        assertThat(count(token)).isZero();
        assertThat(press(token)).isEqualTo(redirect());
    }

    @Test
    void itemThatThePageDoesNotHaveIsRefused() {
        PageToken token = issue(new PageBuilder());

        assertThat(worker.usage.press(token, 1, null)).isEqualTo(refused(Refusal.ITEM_UNKNOWN));
        assertThat(worker.usage.press(token, -1, null)).isEqualTo(refused(Refusal.ITEM_UNKNOWN));
    }

    @Test
    void expiredPageIsRefused() {
        PageToken token = issue(new PageBuilder());
        clock.set(PageBuilder.EXPIRES);

        assertThat(press(token)).isEqualTo(refused(Refusal.EXPIRED));
        assertThat(worker.usage.find(token).orElseThrow().state()).isEqualTo(new State.Expired(PageBuilder.EXPIRES));
    }

    @Test
    void pageOfARemovedSourceHasExpired() {
        PageToken token = issue(new PageBuilder());
        source.configured = false;

        assertThat(press(token)).isEqualTo(refused(Refusal.EXPIRED));
        assertThat(worker.usage.find(token).orElseThrow().state()).isInstanceOf(State.Expired.class);
    }

    @Test
    void addressIsConfirmedBeforeTheFirstDownload() {
        PageToken token = issue(new PageBuilder().confirmAddress().maxDownloads(2));
        assertThat(worker.usage.find(token).orElseThrow().mustConfirm()).isTrue();

        assertThat(press(token)).isEqualTo(refused(Refusal.ADDRESS_REQUIRED));
        assertThat(worker.usage.press(token, 0, "bob@example.com")).isEqualTo(refused(Refusal.ADDRESS_WRONG));
        assertThat(worker.uses.find(token.key())).isEqualTo(DownloadUse.NONE.withTypedAddress());
        assertThat(worker.usage.press(token, 0, " ANA@example.com ")).isEqualTo(redirect());

        assertThat(worker.usage.find(token).orElseThrow().mustConfirm()).isFalse();
        assertThat(press(token)).isEqualTo(redirect());
    }
}

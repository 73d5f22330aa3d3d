package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.ClaimedPages;
import dev.attache.ledger.Claims.Claim;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pages that are used while another worker still records what became of their mail. */
class UseDuringDeliveryTests extends DownloadTestBase {

    private final ClaimedPages claimed = new ClaimedPages(s3, 7);

    private final IssuedPage page = new PageBuilder()
            .maxDownloads(2)
            .remindBefore(Duration.ofDays(1))
            .reportExpiry()
            .build();

    private final DeliveryKey key =
            hashes.key("crm", page.requestId(), page.recipient().address(), page.deliveryId());

    private final PageToken token = new PageToken(key, 0);

    @Override
    DownloadWorker worker(int seed) {
        // The fields of this class are not set yet when the base class creates the workers.
        return worker(seed, any -> claimed.find(any));
    }

    @Test
    void pageIsNotThereUntilItsMailIsClaimed() {
        assertThat(press(token)).isEqualTo(new Result.Refused(Refusal.NOT_YET));

        claimed.claim(key, page);

        assertThat(press(token)).isInstanceOf(Result.Redirect.class);
    }

    @Test
    void markThatIsWrittenAfterADownloadKeepsItsCount() {
        Claim claim = claimed.claim(key, page);
        assertThat(other.usage.press(token, 0, null)).isInstanceOf(Result.Redirect.class);

        s3.troubles.add(Trouble.ANSWER_LOST);
        claim.sent();
        runBackground();

        assertThat(press(token)).isInstanceOf(Result.Redirect.class);
        assertThat(press(token)).isEqualTo(new Result.Refused(Refusal.EXHAUSTED));
        assertThat(worker.uses.find(key).item(0).count()).isEqualTo(2);
    }

    @Test
    void releasedClaimKeepsPageAndCount() {
        Claim claim = claimed.claim(key, page);
        press(token);

        claim.release();
        claimed.claim(key, page).sent();

        assertThat(other.usage.find(token).orElseThrow().use().item(0).count()).isOne();
    }

    @Test
    void markThatIsWrittenAfterARevocationOpensNothing() {
        Claim claim = claimed.claim(key, page);
        other.changes.revoke(new Target.OfRequest("crm", page.requestId()), clock.instant(), "x-1");

        claim.sent();

        assertThat(press(token)).isEqualTo(new Result.Refused(Refusal.REVOKED));
    }

    @Test
    void markThatIsWrittenAfterADownloadCausesNoReminder() {
        Claim claim = claimed.claim(key, page);
        press(token);
        claim.sent();
        // As the worker does once the mail is sent.
        markers.schedule(key, page);
        clock.set(PageBuilder.EXPIRES.minus(Duration.ofHours(23)));
        sweep();

        assertThat(events(EventType.LINK_ISSUED)).isEmpty();
        clock.set(PageBuilder.EXPIRES.plus(Duration.ofMinutes(2)));
        sweep();
        assertThat(event(EventType.LINK_EXPIRED).data().downloaded()).isTrue();
    }

    @Test
    void renewalOfAPageWhoseMailMayNotHaveArrivedGoesToItsRecipient() {
        claimed.claim(key, page);
        source.renewals = 1;
        clock.set(PageBuilder.EXPIRES.plusSeconds(1));

        other.renewals.request(token);
        runBackground();

        assertThat(event(EventType.LINK_ISSUED).data().recipient()).isEqualTo(page.recipient());
    }
}

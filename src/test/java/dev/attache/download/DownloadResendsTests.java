package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.download.DownloadResends.Result.Refused;
import dev.attache.download.DownloadResends.Result.Sent;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.downloads.PageToken;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DownloadResendsTests extends DownloadTestBase {

    private static final Duration WEEK = Duration.ofDays(7);

    private final PageToken token = issue(new PageBuilder());

    private DownloadResends.Result resend(int mails) {
        DownloadResends.Result result = worker.resends.resend(token.key(), mails);
        runBackground();
        return result;
    }

    private PageReport report() {
        return worker.reports.of(token.key(), pages.get(token.key()));
    }

    @Test
    void theMailOfAnOpenPageHasALinkThatWorksUntilThePageExpires() {
        assertThat(resend(0)).isEqualTo(new Sent(PageBuilder.EXPIRES));

        CloudEvent<LinkIssued> mail = event(EventType.LINK_ISSUED);
        assertThat(mail.data().purpose()).isEqualTo(LinkIssued.Purpose.RENEWAL);
        assertThat(mail.data().recipient()).isEqualTo(pages.get(token.key()).recipient());
        assertThat(tokenOf(mail)).isEqualTo(new PageToken(token.key(), 1));
        assertThat(other.usage.press(tokenOf(mail), 0, null)).isInstanceOf(Result.Redirect.class);
        assertThat(other.usage.press(token, 0, null))
                .as("the link of the first mail")
                .isInstanceOf(Result.Redirect.class);
        assertThat(types()).contains(EventType.LINK_RENEWED.name());
        assertThat(report().renewalIds()).containsExactly(mail.id());
    }

    @Test
    void theMailOfAnExpiredPageHasALinkThatLivesAsLongAsTheFirst() {
        clock.set(PageBuilder.EXPIRES.plusSeconds(60));

        Instant until = clock.instant().plus(WEEK);
        assertThat(resend(0)).isEqualTo(new Sent(until));

        assertThat(other.usage.press(tokenOf(event(EventType.LINK_ISSUED)), 0, null))
                .isInstanceOf(Result.Redirect.class);
        assertThat(other.usage.press(token, 0, null)).isEqualTo(new Result.Refused(Refusal.EXPIRED));
    }

    @Test
    void aFormThatIsSentTwiceSendsOneMail() {
        resend(0);

        assertThat(other.resends.resend(token.key(), 0)).isEqualTo(new Refused(ResendObstacle.CHANGED));
        assertThat(events(EventType.LINK_ISSUED)).hasSize(1);
        assertThat(resend(1)).isEqualTo(new Sent(PageBuilder.EXPIRES));
        assertThat(events(EventType.LINK_ISSUED)).hasSize(2);
    }

    @Test
    void operatorsDoNotUseUpTheRenewalsOfRecipients() {
        source.renewals = 1;
        resend(0);
        clock.set(PageBuilder.EXPIRES.plusSeconds(60));
        resend(1);
        clock.advance(WEEK.plusSeconds(1));

        worker.renewals.request(token);
        runBackground();

        assertThat(worker.uses.find(token.key()).renewals()).hasSize(3);
    }

    @Test
    void noMailLeadsToARevokedPage() {
        worker.changes.revoke(new Target.OfRequest("crm", "r-1"), clock.instant(), "e");

        assertThat(resend(0)).isEqualTo(new Refused(ResendObstacle.REVOKED));
        assertThat(report().obstacle()).hasValue(ResendObstacle.REVOKED);
        assertThat(published).isEmpty();
    }

    @Test
    void noMailLeadsToAPageWhoseFileIsGone() {
        bucket.delete("shared/a.pdf");

        assertThat(resend(0)).isEqualTo(new Refused(ResendObstacle.NO_FILE));
        clock.set(PageBuilder.EXPIRES.plusSeconds(60));
        assertThat(resend(0)).isEqualTo(new Refused(ResendObstacle.NO_FILE));
        assertThat(published).isEmpty();
    }

    @Test
    void noMailLeadsToAPageThatExpiresBeforeItIsUseful() {
        clock.set(PageBuilder.EXPIRES.minusSeconds(10));

        assertThat(resend(0)).isEqualTo(new Refused(ResendObstacle.EXPIRES_NOW));
    }

    @Test
    void noMailLeadsToAPageOfNinetyDays() {
        clock.set(PageBuilder.ISSUED.plus(Duration.ofDays(90)));

        assertThat(resend(0)).isEqualTo(new Refused(ResendObstacle.TOO_OLD));
    }

    @Test
    void noMailLeadsToAPageThatWasUsedUp() {
        PageToken once = issue(new PageBuilder().request("r-2").maxDownloads(1));
        press(once);

        assertThat(worker.resends.resend(once.key(), 0)).isEqualTo(new Refused(ResendObstacle.EXHAUSTED));
    }

    @Test
    void anUnknownDeliveryHasNoMail() {
        pages.clear();

        assertThat(resend(0)).isEqualTo(new Refused(ResendObstacle.UNKNOWN));
    }
}

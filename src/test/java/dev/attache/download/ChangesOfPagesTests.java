package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.SignedUrl;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.PageToken;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What revoking, extending, renewing and reminding do to a page, if its request, its recipient or its object is named.
 * One worker receives the event, and the other serves the page and sweeps.
 */
class ChangesOfPagesTests extends DownloadTestBase {

    private static final Instant LATER = PageBuilder.EXPIRES.plus(Duration.ofDays(3));

    private static final Instant REMIND_AT = PageBuilder.EXPIRES.minus(Duration.ofDays(1));

    private final PageToken token =
            issue(new PageBuilder().remindBefore(Duration.ofDays(1)).reportExpiry());

    /** Of another request, to another recipient, with another object. */
    private final PageToken unconcerned =
            issue(new PageBuilder().request("r-9").to("bob@example.com").keys("shared/b.pdf"));

    /** What an event names. */
    enum Named {
        REQUEST("r-1", null, null),
        RECIPIENT(null, "Ana@example.com", null),
        OBJECT(null, null, "shared/a.pdf");

        final @Nullable String requestId;

        final @Nullable Recipient recipient;

        final @Nullable AttachmentRef object;

        Named(@Nullable String requestId, @Nullable String address, @Nullable String key) {
            this.requestId = requestId;
            this.recipient = address == null ? null : new Recipient(address);
            this.object = key == null ? null : new AttachmentRef(null, key, null, null);
        }
    }

    private void revoke(Named named) {
        revoke(named, clock.instant());
    }

    private void revoke(Named named, Instant time) {
        published.addAll(worker.handler.revoke(
                new CloudEvent<>(
                        "revoke-" + named,
                        "crm",
                        EventType.LINK_REVOKE_REQUESTED,
                        time,
                        null,
                        null,
                        new LinkRevokeRequested(named.requestId, named.recipient, named.object)),
                source));
    }

    private void extend(Named named) {
        published.addAll(worker.handler.extend(
                new CloudEvent<>(
                        "extend-" + named,
                        "crm",
                        EventType.LINK_EXTEND_REQUESTED,
                        clock.instant(),
                        null,
                        null,
                        new LinkExtendRequested(named.requestId, named.recipient, named.object, LATER)),
                source));
    }

    private Result pressAtOther(PageToken page) {
        Result result = other.usage.press(page, 0, null);
        runBackground();
        return result;
    }

    private State state() {
        return other.usage.find(token).orElseThrow().state();
    }

    private static Result refused(Refusal reason) {
        return new Result.Refused(reason);
    }

    private void assertOthersAreOpen() {
        assertThat(pressAtOther(unconcerned)).isInstanceOf(Result.Redirect.class);
    }

    @ParameterizedTest
    @EnumSource
    void revokedPageOpensNoFile(Named named) {
        revoke(named);

        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.REVOKED));
        assertOthersAreOpen();
        assertThat(other.uses.find(token.key()).isDownloaded()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void pageThatIsRevokedAfterADownloadOpensNoMore(Named named) {
        assertThat(pressAtOther(token)).isInstanceOf(Result.Redirect.class);

        revoke(named);

        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.REVOKED));
    }

    @ParameterizedTest
    @EnumSource
    void revocationBeforeTheRequestHoldsForTheRequestOnly(Named named) {
        revoke(named, PageBuilder.ISSUED.minusSeconds(60));

        assertThat(pressAtOther(token))
                .isEqualTo(
                        named == Named.REQUEST
                                ? refused(Refusal.REVOKED)
                                : new Result.Redirect(new SignedUrl(REDIRECT)));
    }

    @ParameterizedTest
    @EnumSource
    void extendedPageIsOpenAfterItsFirstExpiry(Named named) {
        extend(named);
        clock.set(PageBuilder.EXPIRES);

        assertThat(state()).isEqualTo(new State.Open(LATER));
        assertThat(pressAtOther(token)).isInstanceOf(Result.Redirect.class);
        assertThat(pressAtOther(unconcerned)).isEqualTo(refused(Refusal.EXPIRED));
        clock.set(LATER);
        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.EXPIRED));
    }

    @ParameterizedTest
    @EnumSource
    void expiredPageIsOpenedByAnExtension(Named named) {
        clock.set(PageBuilder.EXPIRES.plus(Duration.ofHours(1)));
        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.EXPIRED));

        extend(named);

        assertThat(pressAtOther(token)).isInstanceOf(Result.Redirect.class);
    }

    @ParameterizedTest
    @EnumSource
    void revocationWinsOverAnEarlierExtension(Named named) {
        extend(named);
        clock.advance(Duration.ofMinutes(1));
        revoke(named);

        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.REVOKED));
    }

    @ParameterizedTest
    @EnumSource
    void revocationWinsOverAnyExtension(Named named) {
        for (Named extended : Named.values()) {
            if (extended != named) {
                extend(extended);
            }
        }
        revoke(named);

        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.REVOKED));
    }

    @ParameterizedTest
    @EnumSource
    void revocationThatIsReceivedAfterALaterExtensionWins(Named named) {
        Instant revokedAt = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        extend(named);

        revoke(named, revokedAt);

        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.REVOKED));
    }

    @ParameterizedTest
    @EnumSource
    void revokedPageIsNotRenewed(Named named) {
        source.renewals = 3;
        clock.set(PageBuilder.EXPIRES.plusSeconds(1));
        revoke(named);

        other.renewals.request(token);
        runBackground();
        source.renewals = 0;

        PageToken renewed = new PageToken(token.key(), 1);
        assertThat(pressAtOther(token)).isEqualTo(refused(Refusal.REVOKED));
        assertThat(pressAtOther(renewed)).isEqualTo(refused(Refusal.REVOKED));
        assertThat(events(EventType.LINK_ISSUED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void renewedPageIsRevoked(Named named) {
        source.renewals = 1;
        clock.set(PageBuilder.EXPIRES.plusSeconds(1));
        other.renewals.request(token);
        runBackground();
        PageToken renewed = tokenOf(event(EventType.LINK_ISSUED));
        assertThat(pressAtOther(renewed)).isInstanceOf(Result.Redirect.class);

        revoke(named);

        assertThat(pressAtOther(renewed)).isEqualTo(refused(Refusal.REVOKED));
    }

    @ParameterizedTest
    @EnumSource
    void extendedPageNeedsNoRenewal(Named named) {
        source.renewals = 1;
        extend(named);
        clock.set(PageBuilder.EXPIRES.plusSeconds(1));

        other.renewals.request(token);
        runBackground();

        assertThat(events(EventType.LINK_ISSUED)).isEmpty();
        clock.set(LATER);
        other.renewals.request(token);
        runBackground();
        assertThat(events(EventType.LINK_ISSUED)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsRemindedOfARevokedPage(Named named) {
        revoke(named);
        clock.set(REMIND_AT.plusSeconds(120));

        sweep();

        assertThat(events(EventType.LINK_ISSUED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void reminderMovesWithAnExtension(Named named) {
        extend(named);
        clock.set(REMIND_AT.plusSeconds(120));
        sweep();

        assertThat(events(EventType.LINK_ISSUED)).isEmpty();
        clock.set(LATER.minus(Duration.ofDays(1)).plusSeconds(120));
        sweep();

        CloudEvent<LinkIssued> reminder = event(EventType.LINK_ISSUED);
        assertThat(tokenOf(reminder)).isEqualTo(token);
    }

    @ParameterizedTest
    @EnumSource
    void expiryOfAnExtendedPageIsReportedLater(Named named) {
        extend(named);
        clock.set(PageBuilder.EXPIRES.plusSeconds(120));
        sweep();
        assertThat(events(EventType.LINK_EXPIRED)).isEmpty();
        clock.set(LATER.plusSeconds(120));

        sweep();

        assertThat(event(EventType.LINK_EXPIRED).data().expiredAt()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @EnumSource
    void expiryOfARevokedPageIsNotReported(Named named) {
        revoke(named);
        clock.set(PageBuilder.EXPIRES.plusSeconds(120));

        sweep();

        assertThat(types()).containsExactly("link.revoked");
    }

    @Test
    void renewalOfOnePageOpensNoOther() {
        source.renewals = 1;
        PageToken ofBob = issue(new PageBuilder().to("bob@example.com"));
        clock.set(PageBuilder.EXPIRES.plusSeconds(1));

        other.renewals.request(token);
        runBackground();

        assertThat(pressAtOther(new PageToken(ofBob.key(), 1))).isEqualTo(refused(Refusal.EXPIRED));
    }
}

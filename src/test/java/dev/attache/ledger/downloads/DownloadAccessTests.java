package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.LinkChange.Extension;
import dev.attache.ledger.downloads.LinkChange.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DownloadAccessTests {

    private static final Instant ISSUED = PageBuilder.ISSUED;

    private static final Instant EXPIRY = ISSUED.plus(Duration.ofDays(7));

    private static final Instant CHANGED = ISSUED.plus(Duration.ofDays(2));

    private static final Instant EXTENDED = ISSUED.plus(Duration.ofDays(12));

    private static final Instant RENEWED = ISSUED.plus(Duration.ofDays(10));

    private static final Instant RENEWAL_EXPIRY = ISSUED.plus(Duration.ofDays(20));

    private static final Duration MAX = Duration.ofDays(30);

    /** What a change concerns. */
    enum Scope {
        REQUEST,
        RECIPIENT,
        OBJECT
    }

    private LinkChange request = LinkChange.NONE;

    private LinkChange recipient = LinkChange.NONE;

    private LinkChange object = LinkChange.NONE;

    private DownloadUse use = DownloadUse.NONE;

    private void change(Scope scope, LinkChange change) {
        switch (scope) {
            case REQUEST -> request = request.and(change);
            case RECIPIENT -> recipient = recipient.and(change);
            case OBJECT -> object = object.and(change);
        }
    }

    private static LinkChange revoked(Instant at) {
        return LinkChange.NONE.with(new Revocation(at, "revoked"));
    }

    private static LinkChange extended(Instant until, Instant at) {
        return LinkChange.NONE.with(new Extension(until, at, "extended"));
    }

    private State item(int generation, Instant now) {
        return item(new PageBuilder().issued(), generation, 0, now);
    }

    private State item(IssuedPage page, int generation, int item, Instant now) {
        return DownloadAccess.itemState(page, generation, item, use, request, recipient, object, now, MAX);
    }

    private State page(IssuedPage page, int generation, Instant now) {
        return DownloadAccess.of(page, generation, use, request, recipient, now, MAX);
    }

    @Test
    void pageIsOpenUntilItExpires() {
        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(EXPIRY));
        assertThat(item(0, EXPIRY.minusNanos(1))).isEqualTo(new State.Open(EXPIRY));
        assertThat(item(0, EXPIRY)).isEqualTo(new State.Expired(EXPIRY));
        assertThat(page(new PageBuilder().issued(), 0, EXPIRY)).isEqualTo(new State.Expired(EXPIRY));
    }

    /** Every combination of revoke, extend and renew, each by request, recipient or object. */
    static Stream<Arguments> combinations() {
        return Stream.of(Scope.values())
                .flatMap(revoke -> Stream.concat(Stream.of((Scope) null), Stream.of(Scope.values()))
                        .flatMap(extend -> Stream.of(0, 1).map(renewals -> Arguments.of(revoke, extend, renewals))));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void revocationWinsOverExtensionAndRenewal(Scope revoke, @Nullable Scope extend, int renewals) {
        use = renewals == 0 ? use : use.withRenewal(Renewal.of(RENEWED, RENEWAL_EXPIRY));
        change(revoke, revoked(CHANGED));
        if (extend != null) {
            change(extend, extended(EXTENDED, CHANGED.plusSeconds(60)));
        }

        assertThat(item(renewals, RENEWED.plusSeconds(1))).isEqualTo(new State.Revoked(CHANGED));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void extensionOpensALinkForLonger(Scope scope) {
        change(scope, extended(EXTENDED, CHANGED));

        assertThat(item(0, EXTENDED.minusNanos(1))).isEqualTo(new State.Open(EXTENDED));
        assertThat(item(0, EXTENDED)).isEqualTo(new State.Expired(EXTENDED));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void expiredLinkIsOpenedAgainByAnExtension(Scope scope) {
        Instant late = EXPIRY.plus(Duration.ofDays(1));
        assertThat(item(0, late)).isEqualTo(new State.Expired(EXPIRY));

        change(scope, extended(EXTENDED, late));

        assertThat(item(0, late)).isEqualTo(new State.Open(EXTENDED));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void extensionNeverShortens(Scope scope) {
        change(scope, extended(EXPIRY.minusSeconds(1), CHANGED));

        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(EXPIRY));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void extensionIsLimitedByTheSourcesLongestLifetime(Scope scope) {
        change(scope, extended(CHANGED.plus(MAX).plusSeconds(1), CHANGED));

        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(CHANGED.plus(MAX)));
    }

    @ParameterizedTest
    @CsvSource({"REQUEST, true", "RECIPIENT, false", "OBJECT, false"})
    void onlyChangesOfARequestConcernWhatIsIssuedLater(Scope scope, boolean concerned) {
        change(scope, revoked(ISSUED));
        assertThat(item(0, ISSUED) instanceof State.Revoked).isEqualTo(concerned);

        request = LinkChange.NONE;
        recipient = LinkChange.NONE;
        object = LinkChange.NONE;
        change(scope, extended(EXTENDED, ISSUED.minusSeconds(1)));
        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(concerned ? EXTENDED : EXPIRY));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void changeJustAfterTheLinkWasIssuedConcernsIt(Scope scope) {
        change(scope, revoked(ISSUED.plusMillis(1)));

        assertThat(item(0, ISSUED)).isInstanceOf(State.Revoked.class);
    }

    /** The extension of the recipient concerns nothing here; it must not hide that of the request. */
    @Test
    void extensionThatDoesNotConcernThePageHidesNoOther() {
        change(Scope.REQUEST, extended(EXTENDED, ISSUED.minusSeconds(60)));
        change(Scope.RECIPIENT, extended(EXTENDED.plusSeconds(60), ISSUED.minusSeconds(30)));

        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(EXTENDED));
    }

    /** The later one concerns the page too, and the earlier one lasts longer. */
    @ParameterizedTest
    @EnumSource(Scope.class)
    void laterAndShorterExtensionDoesNotShorten(Scope scope) {
        change(scope, extended(EXTENDED, CHANGED));
        change(scope, extended(EXTENDED.minusSeconds(60), CHANGED.plusSeconds(60)));

        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(EXTENDED));
    }

    /** The longer one is older than the page. */
    @ParameterizedTest
    @CsvSource({"REQUEST, true", "RECIPIENT, false", "OBJECT, false"})
    void laterAndShorterExtensionCountsWhereTheLongerConcernsNothing(Scope scope, boolean longerConcerns) {
        change(scope, extended(EXTENDED, ISSUED.minusSeconds(60)));
        change(scope, extended(EXTENDED.minusSeconds(60), CHANGED));

        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(longerConcerns ? EXTENDED : EXTENDED.minusSeconds(60)));
    }

    @Test
    void laterExtensionOfAnotherTargetDoesNotShorten() {
        change(Scope.REQUEST, extended(EXTENDED, CHANGED));
        change(Scope.RECIPIENT, extended(EXTENDED.minusSeconds(60), CHANGED.plusSeconds(60)));

        assertThat(item(0, ISSUED)).isEqualTo(new State.Open(EXTENDED));
    }

    @Test
    void renewedTokenHasItsOwnExpiryAndTheOldOneStaysExpired() {
        use = use.withRenewal(Renewal.of(RENEWED, RENEWAL_EXPIRY));

        assertThat(item(1, RENEWED)).isEqualTo(new State.Open(RENEWAL_EXPIRY));
        assertThat(item(0, RENEWED)).isEqualTo(new State.Expired(EXPIRY));
        assertThat(item(1, RENEWAL_EXPIRY)).isEqualTo(new State.Expired(RENEWAL_EXPIRY));
    }

    @Test
    void earlierRenewalStaysExpiredAfterALaterOne() {
        Instant second = RENEWAL_EXPIRY.plus(Duration.ofDays(1));
        use = use.withRenewal(Renewal.of(RENEWED, RENEWAL_EXPIRY))
                .withRenewal(Renewal.of(second, second.plus(Duration.ofDays(7))));

        assertThat(item(1, second)).isEqualTo(new State.Expired(RENEWAL_EXPIRY));
        assertThat(item(2, second)).isEqualTo(new State.Open(second.plus(Duration.ofDays(7))));
    }

    @Test
    void tokenOfAnUnrecordedRenewalExpiresWithThePage() {
        assertThat(item(1, EXPIRY)).isEqualTo(new State.Expired(EXPIRY));
    }

    @Test
    void extensionAlsoConcernsRenewals() {
        use = use.withRenewal(Renewal.of(RENEWED, RENEWAL_EXPIRY));
        Instant until = RENEWAL_EXPIRY.plus(Duration.ofDays(5));
        change(Scope.REQUEST, extended(until, RENEWED));

        assertThat(item(1, RENEWAL_EXPIRY)).isEqualTo(new State.Open(until));
    }

    @Test
    void noPageIsOpenForLongerThanItsClaimExists() {
        Instant end = ISSUED.plus(DownloadAccess.LONGEST);
        use = use.withRenewal(Renewal.of(end.minusSeconds(60), end.plus(Duration.ofDays(7))));
        change(Scope.REQUEST, extended(end.plusSeconds(30), end.minusSeconds(60)));

        assertThat(item(0, end.minusSeconds(1))).isEqualTo(new State.Open(end));
        assertThat(item(1, end)).isEqualTo(new State.Expired(end));
    }

    @Test
    void itemIsExhaustedAfterTheLastDownloadAndOthersAreOpen() {
        IssuedPage page = new PageBuilder().items(2).maxDownloads(2).issued();
        use = use.withUse(0, "a", ISSUED);
        assertThat(item(page, 0, 0, ISSUED)).isEqualTo(new State.Open(EXPIRY));

        use = use.withUse(0, "b", ISSUED);

        assertThat(item(page, 0, 0, ISSUED)).isEqualTo(new State.Exhausted());
        assertThat(item(page, 0, 1, ISSUED)).isEqualTo(new State.Open(EXPIRY));
        assertThat(page(page, 0, ISSUED)).isEqualTo(new State.Open(EXPIRY));
    }

    @Test
    void pageIsExhaustedWhenAllItemsAre() {
        IssuedPage page = new PageBuilder().items(2).maxDownloads(1).issued();
        use = use.withUse(1, "a", ISSUED).withUse(0, "b", ISSUED);

        assertThat(page(page, 0, ISSUED)).isEqualTo(new State.Exhausted());
        assertThat(page(page, 0, EXPIRY)).as("not renewable").isEqualTo(new State.Exhausted());
    }

    @Test
    void revokedPageIsRevokedThoughItIsExhausted() {
        IssuedPage page = new PageBuilder().maxDownloads(1).issued();
        use = use.withUse(0, "a", ISSUED);
        change(Scope.REQUEST, revoked(CHANGED));

        assertThat(page(page, 0, EXPIRY)).isEqualTo(new State.Revoked(CHANGED));
    }

    @Test
    void oneTimeItemMayBePressedAgainFor15MinutesAfterTheFirstPress() {
        IssuedPage page = new PageBuilder().oneTime().issued();
        use = use.withUse(0, "a", ISSUED);
        Instant end = ISSUED.plus(Duration.ofMinutes(15));
        use = use.withUse(0, "b", end.minusSeconds(1));

        assertThat(item(page, 0, 0, end.minusNanos(1))).isEqualTo(new State.Open(EXPIRY));
        assertThat(item(page, 0, 0, end)).isEqualTo(new State.Exhausted());
    }

    @Test
    void oneTimeItemStaysExhaustedAfterARenewal() {
        IssuedPage page = new PageBuilder().oneTime().issued();
        use = use.withUse(0, "a", ISSUED).withRenewal(Renewal.of(RENEWED, RENEWAL_EXPIRY));

        assertThat(item(page, 1, 0, RENEWED)).isEqualTo(new State.Exhausted());
    }

    @Test
    void changeOfAnObjectConcernsOnlyItsItem() {
        IssuedPage page = new PageBuilder().items(2).issued();
        change(Scope.OBJECT, revoked(CHANGED));

        assertThat(item(page, 0, 0, CHANGED)).isInstanceOf(State.Revoked.class);
        assertThat(page(page, 0, CHANGED)).isEqualTo(new State.Open(EXPIRY));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void noExtensionOutlivesTheObject(Scope scope) {
        Instant end = EXTENDED.minus(Duration.ofDays(1));
        IssuedPage page = new PageBuilder().availableUntil(end).issued();
        change(scope, extended(EXTENDED, CHANGED));

        assertThat(item(page, 0, 0, EXPIRY)).isEqualTo(new State.Open(end));
        assertThat(item(page, 0, 0, end)).isEqualTo(new State.Expired(end));
    }

    @Test
    void noRenewalOutlivesTheObject() {
        IssuedPage page =
                new PageBuilder().availableUntil(RENEWAL_EXPIRY.minusSeconds(1)).issued();
        use = use.withRenewal(Renewal.of(RENEWED, RENEWAL_EXPIRY));

        assertThat(page(page, 1, RENEWED)).isEqualTo(new State.Open(RENEWAL_EXPIRY.minusSeconds(1)));
    }

    @Test
    void pageLivesAsLongAsTheLongestOfItsItems() {
        Instant first = EXPIRY.plusSeconds(1);
        Instant second = EXPIRY.plusSeconds(2);
        change(Scope.REQUEST, extended(EXTENDED, CHANGED));

        assertThat(page(new PageBuilder().items(2).availableUntil(first, second).issued(), 0, EXPIRY))
                .isEqualTo(new State.Open(second));
        assertThat(page(new PageBuilder().items(3).availableUntil(first, second).issued(), 0, EXPIRY))
                .isEqualTo(new State.Open(EXTENDED));
    }

    @Test
    void itemThatIsExhaustedDoesNotKeepThePageOpen() {
        Instant end = EXPIRY.plusSeconds(1);
        IssuedPage page =
                new PageBuilder().items(2).availableUntil(end).maxDownloads(1).issued();
        change(Scope.REQUEST, extended(EXTENDED, CHANGED));
        use = use.withUse(1, "a", ISSUED);

        assertThat(page(page, 0, EXPIRY)).isEqualTo(new State.Open(end));
        assertThat(page(page, 0, end)).isEqualTo(new State.Expired(end));
    }

    @Test
    void itemThatThePageDoesNotHaveIsRefused() {
        IssuedPage page = new PageBuilder().issued();

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> item(page, 0, 1, ISSUED));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> item(page, 0, -1, ISSUED));
    }
}

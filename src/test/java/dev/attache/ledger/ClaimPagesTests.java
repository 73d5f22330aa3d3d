package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.ledger.Claims.Claim;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.PageBuilder;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims on mails with a download page, which keep the page in every state. */
class ClaimPagesTests extends ClaimsTestBase {

    private static final IssuedPage PAGE =
            new PageBuilder().items(2).maxDownloads(3).issued();

    private static final IssuedPage LATER = new PageBuilder()
            .expiresAt(PageBuilder.ISSUED.plus(Duration.ofDays(9)))
            .issued();

    private final DeliveryKey delivery = new DeliveryHashes(Keys.of(List.of(new Keys.Key("k", new byte[32]))))
            .key(PAGE.source(), PAGE.requestId(), PAGE.recipient().address(), PAGE.deliveryId());

    private final ClaimKey key = new ClaimKey(PAGE.deliveryId(), delivery);

    private final IssuedPages pages = S3Claims.pages(new ConditionalObjects(s3, "attachments", it -> {}), "ledger/");

    private Claim claim(Claims worker) {
        return worker.take(key, "1:a", PAGE).orElseThrow();
    }

    private void store(String at, String content) {
        s3.put(at);
        s3.objects.put(at, content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> claimObjects() {
        return s3.objects.keySet().stream()
                .filter(it -> it.startsWith("ledger/claims/"))
                .toList();
    }

    @Test
    void pageIsNotKnownBeforeItsMailIsClaimed() {
        assertThat(pages.find(delivery)).isEmpty();
    }

    @Test
    void pageIsReadBackFromTheClaim() {
        claim(claims);

        assertThat(pages.find(delivery)).contains(PAGE);
        assertThat(claimObjects()).containsExactly("ledger/claims/" + delivery.path());
    }

    @Test
    void mailWithAPageNeedsTwoCallsOfS3() {
        claim(claims).sent();
        int calls = s3.puts + s3.gets + s3.lists;

        claims.take(otherDelivery(), "1:a", PAGE).orElseThrow().sent();

        assertThat(s3.puts + s3.gets + s3.lists - calls).isEqualTo(2);
    }

    private static ClaimKey otherDelivery() {
        String id = "1f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d";
        return new ClaimKey(id, new DeliveryKey(3, 4, DeliveryKey.uuid(id)));
    }

    /** The ways in which an attempt can end. */
    enum End {
        SENT,
        SENT_AND_RESPONSE_LOST,
        RELEASED,
        UNCERTAIN,
        TAKEN_OVER,
        TAKEN_OVER_AND_RELEASED,
        TAKEN_OVER_AND_SENT,
        SENT_AFTER_TAKEOVER_BY_ANOTHER
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void everyStateOfAClaimKeepsThePage(End end) {
        Claim first = claim(claims);
        switch (end) {
            case SENT -> first.sent();
            case SENT_AND_RESPONSE_LOST -> {
                s3.troubles.add(Trouble.ANSWER_LOST);
                first.sent();
            }
            case RELEASED -> first.release();
            case UNCERTAIN -> assertThat(first.takenOver()).isFalse();
            case TAKEN_OVER -> takeOver(PAGE);
            case TAKEN_OVER_AND_RELEASED -> takeOver(PAGE).release();
            case TAKEN_OVER_AND_SENT -> takeOver(PAGE).sent();
            case SENT_AFTER_TAKEOVER_BY_ANOTHER -> {
                takeOver(PAGE);
                first.sent();
            }
        }

        assertThat(pages.find(delivery)).contains(PAGE);
    }

    private Claim takeOver(@Nullable IssuedPage page) {
        s3.now = s3.now.plus(LEASE).plusSeconds(1);
        return others.take(key, "1:a", page).orElseThrow();
    }

    @Test
    void pageOfAMailThatMayHaveBeenSentIsNotReplaced() {
        claim(claims);

        takeOver(LATER).release();
        others.take(key, "1:a", LATER).orElseThrow().sent();

        assertThat(pages.find(delivery)).contains(PAGE);
    }

    @Test
    void pageOfAMailThatWasCertainlyNotSentIsReplaced() {
        claim(claims).release();

        others.take(key, "1:b", LATER).orElseThrow().sent();

        assertThat(pages.find(delivery)).contains(LATER);
    }

    @Test
    void claimOfAReminderHasNoPageOfItsOwn() {
        claims.take(key, "1:a", null).orElseThrow().sent();

        assertThat(pages.find(delivery)).isEmpty();
        assertThat(claims.take(key, "1:a", null)).isEmpty();
    }

    @Test
    void takingAClaimIsReadBackWhenItsResponseWasLost() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        claim(claims).sent();

        assertThat(pages.find(delivery)).contains(PAGE);
        assertThat(others.take(key, "1:a", PAGE)).isEmpty();
    }

    @Test
    void mailOfAnEarlierReleaseIsNotSentAgain() {
        store(KEY, "{\"state\":\"sent\",\"owner\":\"o\",\"takeovers\":null,\"contentDigest\":\"1:a\"}");

        assertThat(claims.take(key, "1:a", PAGE)).isEmpty();
        assertThat(claims.take(ClaimKey.of(ID), "1:a", null)).isEmpty();
        assertThat(claimObjects()).containsExactly(KEY);
    }

    @Test
    void mailOfAnEarlierReleaseWithOtherContentIsRejected() {
        store(KEY, "{\"state\":\"sent\",\"owner\":\"o\",\"takeovers\":null,\"contentDigest\":\"1:a\"}");

        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> claims.take(key, "1:b", PAGE));
    }

    @Test
    void mailThatAnEarlierReleaseMayBeSendingIsNotSent() {
        store(KEY, "{\"state\":\"sending\",\"owner\":\"o\",\"takeovers\":null,\"contentDigest\":\"1:a\"}");

        assertThatExceptionOfType(ClaimHeldException.class).isThrownBy(() -> claims.take(key, "1:a", PAGE));
    }

    @ParameterizedTest
    @EnumSource(names = {"SENDING", "FREE"})
    void claimOfAnEarlierReleaseIsTakenOverWithThePage(ClaimRecord.State state) {
        store(KEY, new String(new ClaimRecord(state, "o", null, "1:a", null).bytes(), StandardCharsets.UTF_8));

        takeOver(PAGE).sent();

        assertThat(pages.find(delivery)).contains(PAGE);
        assertThat(claimObjects()).containsExactly(KEY);
        assertThat(claims.take(key, "1:a", PAGE)).isEmpty();
    }

    @Test
    void otherClaimsOfAnEarlierReleaseDoNotPreventAClaim() {
        store("ledger/claims/1f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d", "{\"state\":\"sent\",\"owner\":\"o\"}");

        claim(claims).sent();

        assertThat(claimObjects()).contains("ledger/claims/" + delivery.path());
    }

    @Test
    void earlierClaimsAreLookedUpByEveryWorkerUntilTheyHaveExpired() {
        store("ledger/claims/1f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d", "{\"state\":\"sent\",\"owner\":\"o\"}");
        claim(claims).sent();
        s3.asked.clear();
        others.take(otherDelivery(), null, PAGE);
        assertThat(s3.asked).contains("ledger/claims/" + otherDelivery().deliveryId());

        s3.now = s3.now.plus(Duration.ofDays(30));
        s3.asked.clear();
        worker(3).take(otherDelivery(), null, PAGE);

        assertThat(s3.asked).contains("attache-keys/claims-before-pages").doesNotContain("ledger/claims/" + ID);
    }

    @Test
    void newInstallationHasNoEarlierClaims() {
        claim(claims).sent();
        s3.asked.clear();

        worker(3).take(new ClaimKey(ID, new DeliveryKey(5, 6, DeliveryKey.uuid(ID))), null, PAGE);

        assertThat(s3.asked).containsExactly("attache-keys/claims-before-pages");
    }

    @Test
    void pageWithoutETagsAndEndsOfItsFilesIsRead() {
        claim(claims).sent();
        String at = claimObjects().getFirst();
        String recorded = new String(s3.objects.get(at), StandardCharsets.UTF_8);
        String earlier = recorded.replaceAll(",\"eTag\":\"[^\"]*\"", "").replaceAll(",\"availableUntil\":[^,}]*", "");
        assertThat(earlier).isNotEqualTo(recorded).doesNotContain("eTag", "availableUntil");

        store(at, earlier);

        assertThat(pages.find(delivery).orElseThrow().page().items())
                .hasSize(2)
                .allMatch(item -> item.eTag() == null && item.availableUntil() == null);
    }

    @Test
    void claimOfALaterReleaseWithOtherFieldsIsRead() {
        claim(claims).sent();
        s3.objects.computeIfPresent(
                "ledger/claims/" + delivery.path(),
                (any, content) -> new String(content, StandardCharsets.UTF_8)
                        .replace("\"page\":{", "\"page\":{\"later\":{},")
                        .replace("\"oneTime\":false,", "")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(pages.find(delivery)).isEqualTo(Optional.of(PAGE));
    }
}

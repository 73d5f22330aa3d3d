package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.MailRecords.Listing;
import dev.attache.ledger.MailRecords.MailRecord;
import dev.attache.ledger.MailRecords.State;
import dev.attache.ledger.downloads.DeliveryKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3MailRecordsTests extends ClaimsTestBase {

    private static final Acceptance ACCEPTED =
            new Acceptance(Instant.parse("2026-11-20T10:15:30Z"), "250 2.0.0 Ok: queued as 4A3");

    private final MailRecords mails = new S3MailRecords(s3, "attachments", "ledger/");

    private static DeliveryKey key(long request, long recipient, int number) {
        return new DeliveryKey(request, recipient, new UUID(7, number));
    }

    private Claims.Claim claim(DeliveryKey key) {
        return claims.take(new ClaimKey(key.delivery().toString(), key), null, null)
                .orElseThrow();
    }

    @Test
    void aMailIsFoundInEachStateOfItsClaim() {
        DeliveryKey key = key(1, 2, 3);
        assertThat(mails.find(key)).isEmpty();

        Claims.Claim first = claim(key);
        assertThat(mails.find(key)).map(MailRecord::state).hasValue(State.SENDING);
        first.release();
        assertThat(mails.find(key)).map(MailRecord::state).hasValue(State.FREE);
        claim(key).sent(ACCEPTED);

        MailRecord sent = mails.find(key).orElseThrow();
        assertThat(sent.accepted()).hasValue(ACCEPTED);
        assertThat(sent.sentAt()).hasValue(ACCEPTED.at());
        assertThat(sent.changedAt()).isEqualTo(s3.now);
    }

    @Test
    void aMailThatAnEarlierBuildSentHasTheTimeOfItsRecord() {
        take(claims).sent();

        MailRecord sent = mails.find(ID).orElseThrow();
        assertThat(sent.accepted()).isEmpty();
        assertThat(sent.sentAt()).hasValue(s3.now);
    }

    @Test
    void theMailsOfARequestAreListedInParts() {
        List<DeliveryKey> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(key(-5, i, i));
            claim(all.getLast());
        }
        claim(key(-4, 0, 0));
        claim(key(-6, 0, 0));

        List<DeliveryKey> listed = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Listing part = mails.ofRequest(-5, next, 10);
            listed.addAll(part.mails());
            next = part.next();
        } while (next.isPresent());

        assertThat(listed).containsExactlyElementsOf(all);
        assertThat(mails.count(-5, 10_000)).isEqualTo(25);
        assertThat(mails.count(-7, 10_000)).isZero();
    }

    @Test
    void thousandsOfMailsAreCountedUpToALimit() {
        for (int i = 0; i < 2_500; i++) {
            s3.put("ledger/claims/" + key(9, i, i).path());
        }

        assertThat(mails.count(9, 10_000)).isEqualTo(2_500);
        assertThat(mails.count(9, 1_500)).isEqualTo(1_500);
    }

    @Test
    void mailsToARecipientAreFoundAmongAllInSeveralSearches() {
        DeliveryKey early = key(10, 77, 1);
        DeliveryKey late = key(0x7000_0000_0000_0000L, 78, 2);
        s3.put("ledger/claims/" + early.path());
        s3.put("ledger/claims/" + late.path());
        for (int i = 0; i < 3_000; i++) {
            s3.put("ledger/claims/" + key(0x2000_0000_0000_0000L + i, 5, i).path());
            s3.put("ledger/claims/" + new UUID(0x1111_1111_0000_4000L, i));
        }

        List<DeliveryKey> found = new ArrayList<>();
        long searched = 0;
        int searches = 0;
        Optional<String> next = Optional.empty();
        do {
            Listing part = mails.toRecipients(Set.of(77L, 78L), next, 2);
            found.addAll(part.mails());
            searched += part.searched();
            next = part.next();
            searches++;
        } while (next.isPresent());

        assertThat(found).containsExactly(early, late);
        assertThat(searched).isEqualTo(6_002);
        assertThat(searches).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../attache-keys/locator", "zzz", "0000000000000000/../../x", ""})
    void aPositionOfSomebodyElseListsNothingElse(String position) {
        DeliveryKey key = key(10, 77, 1);
        claim(key);

        assertThat(mails.ofRequest(10, Optional.of(position), 10).mails()).isSubsetOf(key);
        assertThat(mails.toRecipients(Set.of(77L), Optional.of(position), 10).mails())
                .isSubsetOf(key);
    }
}

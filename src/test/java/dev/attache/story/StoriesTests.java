package dev.attache.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventIds;
import dev.attache.contract.value.Recipient;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Snapshot;
import dev.attache.download.ReportsOnPages;
import dev.attache.ledger.MailRecords;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.story.StoryEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoriesTests extends StoryTestBase {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aMailIsFollowedFromItsIssueToTheDownload() {
        DeliveryKey key = mailed(page("r-1", ANA));
        uses.change(key, use -> use.withUse(0, "u1", ISSUED.plus(HOUR)));
        uses.change(key, use -> use.withUse(0, "u2", ISSUED.plus(HOUR.multipliedBy(2))));

        RequestStory story = story("r-1");

        assertThat(story.mails()).isOne();
        DeliveryStory delivery = story.deliveries().getFirst();
        assertThat(delivery.address()).isEqualTo(ANA);
        assertThat(delivery.downloads()).isEqualTo(2);
        assertThat(delivery.state()).isEqualTo(new StoryState(StoryState.Kind.OPEN, ISSUED.plus(Duration.ofDays(7))));
        assertThat(kinds(delivery.events()))
                .containsExactly(Kind.ISSUED, Kind.MAILED, Kind.DOWNLOADED, Kind.DOWNLOADED);
        assertThat(delivery.events().get(1))
                .isEqualTo(new StoryEvent(ACCEPTED.at(), Kind.MAILED, "250 2.0.0 Ok: queued as 4A3"));
        assertThat(delivery.events().getLast().text()).isEqualTo("The report, 2 times in all");
        assertThat(delivery.resendObstacle()).isEmpty();
    }

    @Test
    void aMailThatAWorkerIsSendingOrFailedToSendSaysSo() {
        IssuedPage page = page("r-1", ANA);
        var claim = claims.claim(key(page), page);
        assertThat(story("r-1").deliveries().getFirst().mail()).isEqualTo(MailRecords.State.SENDING);
        assertThat(kinds(story("r-1").deliveries().getFirst().events())).contains(Kind.SENDING);

        claim.release();

        assertThat(kinds(story("r-1").deliveries().getFirst().events())).contains(Kind.NOT_SENT);
    }

    @Test
    void mailsWithANewLinkBelongToTheFirstMail() {
        IssuedPage page = page("r-1", ANA);
        DeliveryKey key = mailed(page);
        uses.change(
                key,
                use -> use.withRenewal(Renewal.byOperator(ISSUED.plusSeconds(60), ISSUED.plus(HOUR)))
                        .withRenewalAnnounced(1));
        claims.claim(new DeliveryKey(
                        key.request(), key.recipient(), UUID.fromString(ReportsOnPages.newLinkId(page, 1))))
                .sent(ACCEPTED);

        RequestStory story = story("r-1");

        assertThat(story.mails()).isEqualTo(2);
        assertThat(story.deliveries()).hasSize(1);
        assertThat(story.deliveries().getFirst().newLinks()).isOne();
        assertThat(kinds(story.deliveries().getFirst().events()))
                .containsExactly(Kind.ISSUED, Kind.MAILED, Kind.MAILED, Kind.SENT_AGAIN);
        assertThat(story.deliveries().getFirst().events().get(2).text())
                .isEqualTo("New link: 250 2.0.0 Ok: queued as 4A3");
    }

    @Test
    void aRevokedRequestCannotBeSentAgain() {
        mailed(page("r-1", ANA));
        changes.revoke(new Target.OfRequest("crm", "r-1"), clock.instant(), "e-1");

        RequestStory story = story("r-1");

        assertThat(story.events())
                .containsExactly(new StoryEvent(clock.instant(), Kind.REVOKED, "All links of the request (event e-1)"));
        assertThat(story.deliveries().getFirst().state())
                .isEqualTo(new StoryState(StoryState.Kind.REVOKED, clock.instant()));
        assertThat(story.deliveries().getFirst().resendObstacle())
                .hasValueSatisfying(it -> assertThat(it).contains("revoked"));
    }

    @Test
    void extensionsAndExpiriesAreTold() {
        mailed(page("r-1", ANA));
        Instant until = ISSUED.plus(Duration.ofDays(9));
        changes.extend(new Target.OfRequest("crm", "r-1"), until, clock.instant(), "e-1");
        changes.extend(new Target.OfRecipient("crm", ANA), until, clock.instant(), "e-2");
        clock.set(until.plusSeconds(1));

        RequestStory story = story("r-1");

        assertThat(story.events().getFirst().until()).isEqualTo(until);
        assertThat(kinds(story.deliveries().getFirst().events()))
                .containsExactly(Kind.ISSUED, Kind.MAILED, Kind.EXTENDED, Kind.EXPIRED);
        assertThat(story.deliveries().getFirst().state()).isEqualTo(new StoryState(StoryState.Kind.EXPIRED, until));
    }

    @Test
    void aLargeAudienceIsReadInPartsAndCounted() {
        for (int i = 0; i < 45; i++) {
            mailed(page("r-1", "person-" + i + "@example.com"));
        }
        mailed(page("r-2", ANA));

        List<String> addresses = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            int gets = s3.gets;
            RequestStory story = stories.of("crm", "r-1", Set.of(), Set.of(), next);
            assertThat(story.mails()).isEqualTo(45);
            assertThat(s3.gets - gets)
                    .as("reads for %d mails", story.deliveries().size())
                    .isLessThan(10 * Stories.PART);
            story.deliveries().forEach(it -> addresses.add(it.address()));
            next = story.next();
        } while (next.isPresent());

        assertThat(addresses).hasSize(45).doesNotHaveDuplicates().doesNotContain(ANA);
    }

    @Test
    void aRequestOfWhichNothingIsKnownIsEmpty() {
        assertThat(story("r-9").isEmpty()).isTrue();
        assertThat(stories.sourcesOf("r-9", Set.of(), List.of("bank", "crm"))).isEmpty();
    }

    @Test
    void theSourcesOfARequestAreFound() {
        mailed(page("r-1", ANA));

        assertThat(stories.sourcesOf("r-1", Set.of(), List.of("bank", "crm"))).containsExactly("crm");
    }

    @Test
    void aMailWithoutAPageIsFoundIfTheRecipientIsKnown() {
        claims.claim(EventIds.derive("crm", "r-1", "link.issued", ANA).toString())
                .sent(ACCEPTED);

        assertThat(story("r-1").isEmpty()).isTrue();
        RequestStory story = stories.of("crm", "r-1", Set.of(ANA), Set.of(), Optional.empty());
        assertThat(kinds(story.events())).containsExactly(Kind.MAILED);
        assertThat(stories.sourcesOf("r-1", Set.of(ANA), List.of("bank", "crm")))
                .containsExactly("crm");
    }

    @Test
    void anUploadIsFollowedFromTheRequestToItsFile() {
        UUID id = EventIds.derive("crm", "r-1", "upload", ANA);
        uploads.open(UploadBuilder.upload(id, ISSUED, ISSUED.plus(HOUR.multipliedBy(5)))
                .recipient(new Recipient(ANA))
                .build());
        claims.claim(EventIds.derive("crm", "r-1", "link.issued", ANA).toString())
                .sent(ACCEPTED);
        uploads.change(
                id,
                upload -> UploadBuilder.arrived(
                        upload,
                        new Arrival(
                                upload.key(1),
                                null,
                                "e",
                                null,
                                12,
                                "application/pdf",
                                ISSUED.plusSeconds(90),
                                "passport.pdf")));

        RequestStory story = stories.of("crm", "r-1", Set.of(ANA), Set.of(), Optional.empty());

        UploadStory upload = story.uploads().getFirst();
        assertThat(upload.state().kind()).isEqualTo(StoryState.Kind.COMPLETE);
        assertThat(upload.arrived()).isOne();
        assertThat(kinds(upload.events())).containsExactly(Kind.OPENED, Kind.MAILED, Kind.ARRIVED);
        assertThat(story.events())
                .as("its mail is a part of the upload's story")
                .isEmpty();
        assertThat(upload.toString()).doesNotContain("a".repeat(32));
    }

    @Test
    void aRevokedUploadSaysSo() {
        UUID id = EventIds.derive("crm", "r-1", "upload", "");
        uploads.open(UploadBuilder.upload(id, ISSUED, ISSUED.plus(HOUR.multipliedBy(5)))
                .build());
        changes.revoke(new Target.OfRequest("crm", "r-1"), clock.instant(), "e-1");

        assertThat(story("r-1").uploads())
                .extracting(upload -> upload.state().kind())
                .containsExactly(StoryState.Kind.REVOKED);
    }

    @Test
    void deadLettersOfTheRequestAreNamed() {
        snapshots.put(
                "attachment-requests-dlq",
                new Snapshot(
                        "attachment-requests-dlq",
                        ISSUED,
                        2,
                        0,
                        true,
                        List.of(letter("m-1", "crm", "r-1"), letter("m-2", "crm", "r-2"))));

        RequestStory story = story("r-1");

        assertThat(story.letters()).extracting(NamedLetter::messageId).containsExactly("m-1");
        assertThat(story.events().getFirst().text())
                .isEqualTo("attachment-requests-dlq: KEY_NOT_ALLOWED. Source crm may not link to it");
        assertThat(stories.of("bank", "r-1", Set.of(), Set.of(), Optional.empty())
                        .letters())
                .isEmpty();
    }

    private static DeadLetter letter(String id, String source, String requestId) {
        return new DeadLetter(
                "attachment-requests-dlq",
                id,
                "KEY_NOT_ALLOWED",
                "Source crm may not link to it",
                source,
                "attachment.requested",
                requestId,
                requestId,
                "attachment-requests",
                1,
                ISSUED,
                ISSUED,
                ISSUED.plus(Duration.ofDays(14)),
                true,
                "request.rejected",
                null,
                Map.of(),
                "{}",
                true,
                2);
    }
}

package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectionCode;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.storage.Availability;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a press finds when it looks at the object. */
class ObjectsOfPagesTests extends DownloadTestBase {

    private final RecordingSigner signer = new RecordingSigner(clock);

    private final PageToken token = issue(new PageBuilder().maxDownloads(1));

    private void assertRefused(Refusal reason) {
        assertThat(press(token)).isEqualTo(new Result.Refused(reason));
        assertThat(s3.objects).as("uses").isEmpty();
    }

    @Test
    void deletedObjectIsGone() {
        bucket.delete("shared/a.pdf");

        assertRefused(Refusal.OBJECT_GONE);
    }

    @Test
    void objectThatIsAboutToBeDeletedIsGone() {
        bucket.withAvailability(
                "shared/a.pdf", new Availability.Readable(clock.instant().plusSeconds(30)));

        assertRefused(Refusal.OBJECT_GONE);
    }

    @Test
    void archivedObjectIsNotSigned() {
        bucket.withAvailability("shared/a.pdf", new Availability.Archived("is in Glacier"));

        assertRefused(Refusal.OBJECT_ARCHIVED);
    }

    @Test
    void objectThatCannotBeReadIsDenied() {
        bucket.refusing("shared/a.pdf", RejectionCode.OBJECT_ACCESS_DENIED);

        assertRefused(Refusal.OBJECT_DENIED);
    }

    @Test
    void objectThatTheSourceMayNotLinkToAnyMoreIsDenied() {
        bucket.with("secret/a.pdf", 500, "application/pdf", "e");

        assertThat(press(issue(new PageBuilder().request("r-2").keys("secret/a.pdf"))))
                .isEqualTo(new Result.Refused(Refusal.OBJECT_DENIED));
    }

    @Test
    void arrivalLeadsToUploadsOfTheSourceOnly() {
        String own = "uploads/crm/0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d/1";
        String foreign = own.replace("crm", "shop");
        bucket.with(own, 500, "application/pdf", "e").with(foreign, 500, "application/pdf", "e");

        assertThat(press(issue(new PageBuilder().request("r-2").arrival().keys(own))))
                .isInstanceOf(Result.Redirect.class);
        assertThat(press(issue(new PageBuilder().request("r-3").arrival().keys(foreign))))
                .isEqualTo(new Result.Refused(Refusal.OBJECT_DENIED));
        assertThat(press(issue(new PageBuilder().request("r-4").arrival())))
                .isEqualTo(new Result.Refused(Refusal.OBJECT_DENIED));
    }

    @Test
    void objectOfAnotherSizeIsReplaced() {
        bucket.with("shared/a.pdf", 501, "application/pdf", "e2");

        assertRefused(Refusal.OBJECT_REPLACED);
    }

    @Test
    void objectThatWasWrittenLongAfterTheMailIsReplaced() {
        bucket.withModified("shared/a.pdf", PageBuilder.ISSUED.plus(Duration.ofMinutes(16)));

        assertRefused(Refusal.OBJECT_REPLACED);
    }

    /** S3 states whole seconds. */
    @Test
    void objectOfTheSameSizeThatWasOverwrittenAfterTheMailIsReplaced() {
        PageToken known = issue(new PageBuilder().request("r-2").eTag("e"));
        bucket.with("shared/a.pdf", 500, "application/pdf", "e2").withModified("shared/a.pdf", PageBuilder.ISSUED);

        assertThat(press(known)).isEqualTo(new Result.Refused(Refusal.OBJECT_REPLACED));
    }

    @Test
    void objectThatIsWrittenAgainWithTheSameContentIsNotReplaced() {
        PageToken known = issue(new PageBuilder().request("r-2").eTag("e"));
        bucket.withModified("shared/a.pdf", PageBuilder.ISSUED.plus(Duration.ofMinutes(30)));

        assertThat(press(known)).isInstanceOf(Result.Redirect.class);
    }

    /** The worker may have issued the page with the cached ETag of the object before. */
    @Test
    void objectThatWasOverwrittenBeforeTheMailIsTheOneThatWasMeant() {
        PageToken known = issue(new PageBuilder().request("r-2").eTag("e"));
        bucket.with("shared/a.pdf", 500, "application/pdf", "e2")
                .withModified("shared/a.pdf", PageBuilder.ISSUED.minusSeconds(1));

        assertThat(press(known)).isInstanceOf(Result.Redirect.class);
    }

    @Test
    void fileOfAnExtendedPageIsGoneWhenS3DeletesIt() {
        Instant end = PageBuilder.EXPIRES.plus(Duration.ofDays(1));
        PageToken two = issue(new PageBuilder()
                .request("r-2")
                .keys("shared/a.pdf", "shared/b.pdf")
                .availableUntil("shared/a.pdf", end));
        Instant extended = PageBuilder.EXPIRES.plus(Duration.ofDays(5));
        worker.changes.extend(new Target.OfRequest("crm", "r-2"), extended, clock.instant(), "x-1");
        clock.set(end);

        assertThat(press(two)).isEqualTo(new Result.Refused(Refusal.OBJECT_GONE));
        assertThat(worker.usage.press(two, 1, null)).isInstanceOf(Result.Redirect.class);
        assertThat(worker.usage.find(two).orElseThrow().state()).isEqualTo(new State.Open(extended));
    }

    @Test
    void clockOfTheWorkerMayBeLate() {
        bucket.withModified("shared/a.pdf", PageBuilder.ISSUED.plus(Duration.ofMinutes(14)));

        assertThat(press(token)).isInstanceOf(Result.Redirect.class);
    }

    @Test
    void linkLivesForMinutesAndForLargeFilesAsLongAsASlowConnectionNeeds() {
        Instant now = clock.instant();
        assertThat(lifetime(500)).isEqualTo(now.plus(Duration.ofMinutes(5)));
        assertThat(lifetime(1_000_000_000)).isEqualTo(now.plusSeconds(10_000));
        assertThat(lifetime(1_000_000_000_000L)).isEqualTo(now.plus(source.longestLink));
    }

    @Test
    void linkNamesItsDeliveryInTheAccessLog() {
        lifetime(500);

        assertThat(signer.deliveryId).isEqualTo(new PageBuilder().build().deliveryId());
    }

    private Instant lifetime(long size) {
        bucket.with("shared/large", size, "application/zip", "e");
        new ItemLinks(new ItemObjects(bucket, clock), signer, Duration.ofMinutes(5))
                .sign(new PageBuilder().size(size).keys("shared/large").build(), source, 0);
        assertThat(signer.object).isEqualTo(new ObjectRef("attache", "shared/large", null));
        return signer.expiresAt;
    }
}

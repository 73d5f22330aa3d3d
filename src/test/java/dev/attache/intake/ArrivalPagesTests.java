package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.issuing.Issuers;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.upload.UploadAnnouncements;
import dev.attache.upload.UploadMarks;
import dev.attache.upload.UploadOffers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mail about an arrived upload links to a download page. */
class ArrivalPagesTests extends ObjectCreatedTestBase {

    private final ObjectCreatedHandler withPages = new ObjectCreatedHandler(
            codec,
            ledger,
            completion,
            new UploadAnnouncements(codec, new UploadOffers(OnePolicy.WITH_PAGES, bucket, issuer), clock),
            new UploadMarks(ledger, due),
            meters);

    @Test
    void mailAboutAnArrivalLinksToAPageOfTheFile() {
        bucket.with(KEY, 500, "application/pdf", "e1");

        CloudEvent<LinkIssued> issued =
                issued(withPages.apply(message(notification(KEY, "e1", "01"))).getLast());

        assertThat(issued.data().purpose()).isEqualTo(LinkIssued.Purpose.ARRIVAL);
        assertThat(issued.data().links())
                .extracting(Link::rel)
                .containsExactly(Link.Rel.DOWNLOAD_PAGE, Link.Rel.DOWNLOAD);
        DownloadPage page = issued.data().page();
        assertThat(page.items())
                .containsExactly(new DownloadPage.Item(
                        new ObjectRef("attache", KEY, null),
                        "my file.pdf",
                        "my file.pdf",
                        500L,
                        "application/pdf",
                        "e1",
                        null));
        assertThat(page.expiresAt()).isEqualTo("2026-11-25T09:00:00Z");
        String url = issued.data().links().getFirst().url().reveal();
        assertThat(Issuers.TOKENS.read(url.substring(Issuers.PAGE_URL.length())))
                .contains(new PageToken(
                        Issuers.HASHES.key(issued.source(), issued.data().requestId(), "desk@example.com", issued.id()),
                        0));
    }

    @Test
    void repeatedNotificationIssuesTheSamePage() {
        bucket.with(KEY, 500, "application/pdf", "e1");

        List<CloudEvent<LinkIssued>> both = List.of("01", "01").stream()
                .map(sequencer -> issued(withPages
                        .apply(message(notification(KEY, "e1", sequencer)))
                        .getLast()))
                .toList();

        assertThat(both.getLast()).isEqualTo(both.getFirst());
    }
}

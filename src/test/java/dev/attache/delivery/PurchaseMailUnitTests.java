package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.delivery.mail.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in mails about a purchase, with a page and with direct links. */
class PurchaseMailUnitTests {

    private static final Recipient BERLIN = new Recipient("ana@example.com", null, "de", "Europe/Berlin");

    private static final DownloadPage.Order ORDER =
            new DownloadPage.Order("A-4711", Instant.parse("2026-11-20T23:30:00Z"));

    private static final String[] FACTS = {
        "Bestellnummer",
        "A-4711",
        "Bestellt am",
        "21. November 2026, 00:30 MEZ",
        "Verfügbar bis",
        "22. November 2026, 10:00 MEZ",
        "Buch 1"
    };

    private final MailRoundTrip mails = new MailRoundTrip();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aMailWithDirectLinksStatesOrderDateAndExpiryBeforeTheItems(int items) throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(direct(items, ORDER));

        assertThat(mail.text()).containsSubsequence(FACTS);
        assertThat(mail.html()).containsSubsequence(FACTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aMailWithAPageStatesOrderDateAndExpiryBeforeTheItems(int items) throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(page(Purpose.PURCHASE, items));

        assertThat(mail.text()).containsSubsequence(FACTS);
        assertThat(mail.html()).containsSubsequence(FACTS);
    }

    @Test
    void aReminderOfAPurchaseStatesItsOrderFirst() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(page(Purpose.REMINDER, 1));

        assertThat(mail.text()).containsSubsequence(FACTS);
        assertThat(mail.html()).containsSubsequence(FACTS);
    }

    @Test
    void aMailOfAnEventOfAnEarlierReleaseStatesTheExpiryBeforeTheItems() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(direct(1, null));

        assertThat(mail.text())
                .containsSubsequence("Verfügbar bis", "Buch 1")
                .doesNotContain("Bestellnummer", "Bestellt am");
    }

    @Test
    void anOrderNumberThatNobodyCanSeeIsNotStated() throws Exception {
        MailRoundTrip.ReceivedMail mail = mails.send(direct(1, new DownloadPage.Order(" \u200b", ORDER.purchasedAt())));

        assertThat(mail.text()).contains("Bestellt am").doesNotContain("Bestellnummer");
    }

    private static Delivery page(Purpose purpose, int items) {
        DownloadPage page = Samples.page(Stream.iterate(1, i -> i + 1)
                .limit(items)
                .map(i -> Samples.item("Buch " + i, i + ".epub"))
                .toArray(DownloadPage.Item[]::new));
        DownloadPage ordered = new DownloadPage(
                page.items(),
                page.expiresAt(),
                page.maxDownloads(),
                page.oneTime(),
                page.confirmAddress(),
                page.remindAt(),
                page.reportExpiry(),
                ORDER);
        return Samples.pageDelivery(purpose, BERLIN, null, ordered);
    }

    private static Delivery direct(int items, DownloadPage.@Nullable Order order) {
        List<Link> links = Stream.iterate(1, i -> i + 1)
                .limit(items)
                .map(i -> Samples.titled("Buch " + i, Samples.download(i + ".epub", "https://s3.example/" + i)))
                .toList();
        Delivery sample = Samples.delivery(Purpose.PURCHASE, BERLIN, null, links.toArray(Link[]::new));
        LinkIssued issued = sample.issued();
        return new Delivery(
                sample.id(),
                sample.source(),
                null,
                new LinkIssued(
                        issued.requestId(),
                        issued.channel(),
                        issued.purpose(),
                        issued.recipient(),
                        issued.message(),
                        issued.campaign(),
                        issued.links(),
                        issued.issuedAt(),
                        issued.upload(),
                        issued.contentDigest(),
                        issued.page(),
                        order),
                BERLIN);
    }
}

package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.issuing.Issuers;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.link.DownloadLinks;
import dev.attache.link.LinkNotSignableException;
import dev.attache.link.LinkSigner;
import dev.attache.source.SenderIds;
import dev.attache.storage.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;

/** Mails of sources with pages link to a download page, with or without signed links. */
class DownloadPagesAreIssuedTests extends IntakeTestBase {

    private static final String FILE = "downloads/crm/c.pdf";

    private static final String SECOND_FILE = "downloads/crm/d.pdf";

    private final EventRouter requests = requests(OnePolicy.WITH_PAGES, new SenderIds(List.of()));

    private final PurchaseCompletedHandler purchases =
            new PurchaseCompletedHandler(codec, OnePolicy.WITH_PAGES, downloads, issuer, Instant.MIN, clock);

    @BeforeEach
    void objects() {
        bucket.with(FILE, 48_211, "application/pdf", "e1").with(SECOND_FILE, 2, "application/pdf", "e2");
    }

    private List<CloudEvent<LinkIssued>> request(String data) {
        return all(requests.apply(message(event("attachment.requested", "crm", data)))).stream()
                .map(this::issued)
                .toList();
    }

    /** A request with these properties, each followed by a comma. */
    private CloudEvent<LinkIssued> requestWith(String properties) {
        return request("""
            {"direction":"download","channel":"email",%s"recipients":["ana@example.com"],
             "attachment":{"key":"downloads/crm/c.pdf","fileName":"Contract.pdf"}}\
            """.formatted(properties)).getFirst();
    }

    private LinkIssued purchase(String properties) {
        return purchase(purchases, properties);
    }

    private LinkIssued purchase(PurchaseCompletedHandler handler, String properties) {
        return issued(handler.apply(message(event("purchase.completed", "crm", """
            {"orderId":"1001","purchasedAt":"2026-11-21T08:59:00Z","customer":"bo@example.com",%s
             "items":[{"sku":"a","title":"One","attachment":{"key":"downloads/crm/c.pdf"}},
                      {"sku":"b","title":"Two","attachment":{"key":"downloads/crm/d.pdf"}}]}\
            """.formatted(properties))))
                        .getFirst())
                .data();
    }

    private static List<Link.Rel> rels(LinkIssued issued) {
        return issued.links().stream().map(Link::rel).toList();
    }

    private static PageToken token(Link link) {
        assertThat(link.url().reveal()).startsWith(Issuers.PAGE_URL);
        return Issuers.TOKENS
                .read(link.url().reveal().substring(Issuers.PAGE_URL.length()))
                .orElseThrow();
    }

    @Test
    void mailLinksToAPageBeforeTheSignedLink() {
        CloudEvent<LinkIssued> issued = requestWith("");

        assertThat(rels(issued.data())).containsExactly(Link.Rel.DOWNLOAD_PAGE, Link.Rel.DOWNLOAD);
        Link page = issued.data().links().getFirst();
        assertThat(page.method()).isEqualTo("GET");
        assertThat(page.title()).isEqualTo("Contract.pdf");
        assertThat(page.expiresAt()).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(token(page))
                .isEqualTo(new PageToken(Issuers.HASHES.key("crm", "r-1", "ana@example.com", issued.id()), 0));
        assertThat(issued.data().links().getLast().url().reveal()).endsWith("x-attache-delivery=" + issued.id());
        assertThat(issued.data().page())
                .isEqualTo(new DownloadPage(
                        List.of(new DownloadPage.Item(
                                new ObjectRef("attache", FILE, null),
                                "Contract.pdf",
                                "Contract.pdf",
                                48_211L,
                                "application/pdf",
                                "e1",
                                null)),
                        Instant.parse("2026-11-22T09:00:00Z"),
                        null,
                        false,
                        false,
                        null,
                        false,
                        null));
    }

    @Test
    void eachRecipientHasATokenOfTheirOwnThatStaysTheSame() {
        String data = """
            {"direction":"download","channel":"email","recipients":["ana@example.com","bo@example.com"],
             "attachment":{"key":"downloads/crm/c.pdf"}}\
            """;

        List<CloudEvent<LinkIssued>> first = request(data);

        assertThat(first)
                .extracting(event -> event.data().links().getFirst().url().reveal())
                .doesNotHaveDuplicates();
        assertThat(request(data)).isEqualTo(first);
    }

    @Test
    void optionsOfTheRequestAreOnThePage() {
        DownloadPage page = requestWith("""
            "expiresIn":"P3D","page":{"maxDownloads":3,"remindBefore":"P1D","confirmAddress":true,"reportExpiry":true},\
            """).data().page();

        assertThat(page.expiresAt()).isEqualTo("2026-11-24T09:00:00Z");
        assertThat(page.maxDownloads()).isEqualTo(3);
        assertThat(page.remindAt()).isEqualTo("2026-11-23T09:00:00Z");
        assertThat(page.confirmAddress()).isTrue();
        assertThat(page.reportExpiry()).isTrue();
        assertThat(page.oneTime()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"maxDownloads\":3}", "{\"oneTime\":true}", "{\"confirmAddress\":true}"})
    void limitedDownloadHasNoSignedLink(String options) {
        assertThat(rels(requestWith("\"page\":" + options + ",").data())).containsExactly(Link.Rel.DOWNLOAD_PAGE);
        assertThat(rels(purchase("\"page\":" + options + ","))).containsExactly(Link.Rel.DOWNLOAD_PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"oneTime\":false}", "{\"reportExpiry\":true}", "{\"remindBefore\":\"PT1H\"}"})
    void otherOptionsKeepTheSignedLink(String options) {
        assertThat(rels(requestWith("\"page\":" + options + ",").data()))
                .containsExactly(Link.Rel.DOWNLOAD_PAGE, Link.Rel.DOWNLOAD);
    }

    @Test
    void pageThatLivesLongerThanSignedLinksMayHasNone() {
        assertThat(rels(requestWith("\"expiresIn\":\"P7D\",").data()))
                .containsExactly(Link.Rel.DOWNLOAD_PAGE, Link.Rel.DOWNLOAD);
        LinkIssued issued = requestWith("\"expiresIn\":\"P7DT1S\",").data();
        assertThat(rels(issued)).containsExactly(Link.Rel.DOWNLOAD_PAGE);
        assertThat(issued.links().getFirst().expiresAt()).isEqualTo("2026-11-28T09:00:01Z");
    }

    @Test
    void pageExpiresWithItsFirstFile() {
        bucket.withAvailability(SECOND_FILE, new Availability.Readable(NOW.plus(Duration.ofHours(2))));

        LinkIssued issued = purchase("\"page\":{\"remindBefore\":\"PT3H\"},");

        assertThat(issued.page().expiresAt()).isEqualTo("2026-11-21T11:00:00Z");
        assertThat(issued.page().items())
                .extracting(DownloadPage.Item::availableUntil)
                .containsExactly(null, NOW.plus(Duration.ofHours(2)));
        assertThat(issued.page().remindAt()).isNull();
        assertThat(issued.links()).extracting(Link::expiresAt).containsOnly(Instant.parse("2026-11-21T11:00:00Z"));
    }

    @Test
    void purchaseHasOnePageWithAllItemsAndTheOrder() {
        LinkIssued issued = purchase("");

        assertThat(rels(issued)).containsExactly(Link.Rel.DOWNLOAD_PAGE, Link.Rel.DOWNLOAD, Link.Rel.DOWNLOAD);
        assertThat(issued.links().getFirst().title()).isNull();
        assertThat(issued.page().items())
                .extracting(DownloadPage.Item::title, DownloadPage.Item::fileName)
                .containsExactly(tuple("One", "c.pdf"), tuple("Two", "d.pdf"));
        assertThat(issued.order()).isNull();
        assertThat(issued.page().order())
                .isEqualTo(new DownloadPage.Order("1001", Instant.parse("2026-11-21T08:59:00Z")));
    }

    @Test
    void purchaseOfASourceWithDirectLinksHasTheOrderAndNoPage() {
        LinkIssued issued = purchase(
                new PurchaseCompletedHandler(codec, OnePolicy.SOURCES, downloads, issuer, Instant.MIN, clock), "");

        assertThat(rels(issued)).containsExactly(Link.Rel.DOWNLOAD, Link.Rel.DOWNLOAD);
        assertThat(issued.page()).isNull();
        assertThat(issued.order()).isEqualTo(new DownloadPage.Order("1001", Instant.parse("2026-11-21T08:59:00Z")));
    }

    @Test
    void partOfALargeAudienceHasTheOptionsOfItsRequest() {
        bucket.with("downloads/crm/people.ndjson", "ana@example.com");
        AudiencePartHandler parts =
                new AudiencePartHandler(codec, OnePolicy.WITH_PAGES, links, new SenderIds(List.of()));

        List<Message<byte[]>> messages = all(requests.apply(message(event("attachment.requested", "crm", """
            {"direction":"download","channel":"email","recipientList":{"key":"downloads/crm/people.ndjson"},
             "attachment":{"key":"downloads/crm/c.pdf","fileName":"Contract.pdf"},"page":{"maxDownloads":2}}\
            """))));

        assertThat(messages)
                .singleElement()
                .satisfies(part -> assertThat(issued(all(parts.apply(part)).getFirst()))
                        .isEqualTo(requestWith("\"page\":{\"maxDownloads\":2},")));
    }

    @Test
    void reminderThatIsNotBeforeTheExpiryIsRejectedBeforeAListIsSplit() {
        String page = "\"page\":{\"remindBefore\":\"P1D\"},";
        String detail = "$.data.page.remindBefore is 1d, but must be shorter than the lifetime of the page, 1d";

        assertRejected(RejectionCode.CONTRACT_VIOLATION, detail, () -> requestWith(page));
        assertRejected(RejectionCode.CONTRACT_VIOLATION, detail, () -> purchase(page));
        assertRejected(RejectionCode.CONTRACT_VIOLATION, detail, () -> request("""
            {"direction":"download","channel":"email",%s"recipientList":{"key":"downloads/crm/none.ndjson"},
             "attachment":{"key":"downloads/crm/c.pdf"}}\
            """.formatted(page)));
    }

    @Test
    void reminderThatCouldBeSentTooLateIsRejected() {
        String page = "\"page\":{\"remindBefore\":\"%s\"},";

        assertRejected(
                RejectionCode.CONTRACT_VIOLATION,
                "$.data.page.remindBefore is 2m, but reminders are sent up to 3m late, when the page may have expired."
                        + " Name 3m or more",
                () -> requestWith(page.formatted("PT2M")));
        assertThat(requestWith(page.formatted("PT3M")).data().page().remindAt())
                .isEqualTo(NOW.plus(Duration.ofHours(24)).minus(Duration.ofMinutes(3)));
    }

    /** The page signs its links when a button is pressed; the signed ones beside it are for systems. */
    @Test
    void pageIsIssuedAlsoIfTheLinkBesidesCannotBeSigned() {
        LinkSigner unable = new UnableSigner();
        DownloadLinks unsigned = new DownloadLinks(bucket, unable, clock);
        PurchaseCompletedHandler handler = new PurchaseCompletedHandler(
                codec, OnePolicy.WITH_PAGES, unsigned, Issuers.of(unsigned, clock), Instant.MIN, clock);
        PurchaseCompletedHandler direct = new PurchaseCompletedHandler(
                codec, OnePolicy.SOURCES, unsigned, Issuers.of(unsigned, clock), Instant.MIN, clock);
        Message<byte[]> purchase = message(event("purchase.completed", "crm", """
            {"orderId":"1001","purchasedAt":"2026-11-21T08:59:00Z","customer":"bo@example.com",
             "items":[{"sku":"a","title":"One","attachment":{"key":"downloads/crm/c.pdf"}}]}\
            """));

        LinkIssued issued = issued(handler.apply(purchase).getFirst()).data();

        assertThat(rels(issued)).containsExactly(Link.Rel.DOWNLOAD_PAGE);
        assertThat(issued.page().items()).hasSize(1);
        assertThatExceptionOfType(LinkNotSignableException.class).isThrownBy(() -> direct.apply(purchase));
    }

    @Test
    void sourceWithDirectLinksHasNoPage() {
        EventRouter direct = requests(OnePolicy.SOURCES, new SenderIds(List.of()));
        String event = event("attachment.requested", "crm", """
            {"direction":"download","channel":"email","recipients":["ana@example.com"],
             "attachment":{"key":"downloads/crm/c.pdf"}%s}\
            """);

        CloudEvent<LinkIssued> issued =
                issued(all(direct.apply(message(event.formatted("")))).getFirst());
        assertThat(rels(issued.data())).containsExactly(Link.Rel.DOWNLOAD);
        assertThat(issued.data().page()).isNull();
        assertThat(issued.data().links().getFirst().url().reveal()).endsWith("x-attache-delivery=" + issued.id());
        assertRejected(
                RejectionCode.CONTRACT_VIOLATION,
                "$.data.page must be absent: mails of source crm link directly to S3, and to no page, because"
                        + " attache.sources.crm.mail-links is direct",
                () -> direct.apply(message(event.formatted(",\"page\":{}"))));
    }

    @Test
    void linkForAProgramHasNeitherPageNorDelivery() {
        CloudEvent<LinkIssued> issued = request("""
            {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/c.pdf"}}\
            """).getFirst();

        assertThat(rels(issued.data())).containsExactly(Link.Rel.DOWNLOAD);
        assertThat(issued.data().page()).isNull();
        assertThat(issued.data().order()).isNull();
        assertThat(issued.data().links().getFirst().url().reveal()).doesNotContain("x-attache-delivery");
    }

    private static void assertRejected(RejectionCode code, String detail, ThrowingCallable call) {
        assertThatExceptionOfType(RejectedException.class).isThrownBy(call).satisfies(rejected -> {
            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.detail()).contains(detail);
        });
    }
}

package dev.attache.gateway.download;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.download.PageView;
import dev.attache.gateway.ClientAddresses;
import dev.attache.gateway.OneSource;
import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageOrigins;
import dev.attache.gateway.TestPages;
import dev.attache.gateway.error.TestErrors;
import dev.attache.gateway.identity.ColorSheets;
import dev.attache.gateway.identity.PageSenders;
import dev.attache.gateway.identity.TestIdentity;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.keys.Keys;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The download page of one delivery, at a fixed time. */
final class DownloadPageFixture {

    static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    static final Instant EXPIRY = NOW.plus(Duration.ofDays(1));

    static final String BRAND = "#0f766e";

    private static final PageTokens TOKENS = new PageTokens(Keys.of(List.of(new Keys.Key("test", new byte[32]))));

    static final String TOKEN =
            TOKENS.token(new DeliveryKey(1, 2, UUID.fromString("0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d")), 0);

    static final String ADDRESS = "/d/" + TOKEN;

    final ScriptedDownloads downloads = new ScriptedDownloads();
    final OneSource source = new OneSource();

    /** A monotonic time. */
    long nanoTime;

    /** Where a browser opens the page. */
    String path = ADDRESS;

    /** The browser; null for one that is no app. */
    @Nullable
    String userAgent;

    URI storage = URI.create("https://reports.s3.eu-central-1.amazonaws.com");

    private final List<MockHttpServletRequestBuilder> before = new ArrayList<>();
    private List<DownloadPage.Item> items = List.of(item(0));
    private Purpose purpose = Purpose.DOWNLOAD;

    @Nullable
    private Integer maxDownloads;

    @Nullable
    private String locale;

    private boolean oneTime;
    private boolean mustConfirm;
    private boolean confirmByMail;
    private DownloadUse use = DownloadUse.NONE;
    private MessageText message =
            new MessageText("Your <quarterly> report", "Here it is.\n\nPlease read it by Friday.");

    DownloadPageFixture() {
        show(new State.Open(EXPIRY));
    }

    static DownloadPage.Item item(int index) {
        String name = "Report " + (index + 1) + ".pdf";
        return new DownloadPage.Item(
                new ObjectRef("files", "reports/" + index, null),
                null,
                name,
                48_000L + 100_000L * index,
                "application/pdf");
    }

    DownloadPageFixture files(int count) {
        return files(
                IntStream.range(0, count).mapToObj(DownloadPageFixture::item).toArray(DownloadPage.Item[]::new));
    }

    DownloadPageFixture files(DownloadPage.Item... files) {
        items = List.of(files);
        return show(new State.Open(EXPIRY));
    }

    DownloadPageFixture purchase() {
        purpose = Purpose.PURCHASE;
        message = new MessageText(null, null);
        return show(new State.Open(EXPIRY));
    }

    DownloadPageFixture arrival() {
        purpose = Purpose.ARRIVAL;
        message = new MessageText(null, null);
        return show(new State.Open(EXPIRY));
    }

    DownloadPageFixture limited(@Nullable Integer most, boolean once, DownloadUse used) {
        maxDownloads = most;
        oneTime = once;
        use = used;
        return show(new State.Open(EXPIRY));
    }

    DownloadPageFixture confirmed() {
        mustConfirm = true;
        return show(new State.Open(EXPIRY));
    }

    /** After too many typed addresses. */
    DownloadPageFixture confirmedByMail() {
        confirmByMail = true;
        return confirmed();
    }

    DownloadPageFixture locale(@Nullable String language) {
        locale = language;
        return show(new State.Open(EXPIRY));
    }

    DownloadPageFixture message(MessageText text) {
        message = text;
        return show(new State.Open(EXPIRY));
    }

    DownloadPageFixture show(State state) {
        return show(state, false);
    }

    DownloadPageFixture show(State state, boolean renewable) {
        downloads.view = new PageView(issued(), state, use, mustConfirm, confirmByMail, renewable);
        return this;
    }

    /** Adds requests that were answered before a browser opens the page. */
    DownloadPageFixture after(int times, Supplier<MockHttpServletRequestBuilder> request) {
        Stream.generate(request).limit(times).forEach(before::add);
        return this;
    }

    private IssuedPage issued() {
        DownloadPage.Order order = purpose == Purpose.PURCHASE ? new DownloadPage.Order("A-4711", NOW) : null;
        return new IssuedPage(
                "crm",
                null,
                "report-4711",
                "0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d",
                purpose,
                new Recipient("ana@example.com", "Ana", locale, "America/Sao_Paulo"),
                message,
                NOW,
                new DownloadPage(items, EXPIRY, maxDownloads, oneTime, mustConfirm, null, false, order),
                Channel.EMAIL,
                null,
                null);
    }

    /** The controller, with the headers of the page, and error pages. */
    MockMvc browser() {
        ColorSheets colors = new ColorSheets(List.of(BRAND));
        DownloadPageWriter pages = new DownloadPageWriter(
                TestPages.writer(), new PageSenders(source, colors), Clock.fixed(NOW, ZoneOffset.UTC));
        MockMvc browser = MockMvcBuilders.standaloneSetup(
                        new DownloadPageController(
                                TOKENS,
                                downloads,
                                new DownloadLimits(1000, () -> nanoTime),
                                new ClientAddresses(List.of()),
                                pages,
                                Clock.systemUTC()),
                        TestIdentity.styleSheets(colors),
                        new TestErrors(TestPages.writer()))
                .addFilters(new PageHeaders(new PageOrigins(
                        List.of(), List.of(PageOrigins.of(storage)), List.of("https://cdn.acme.example"))))
                .build();
        before.forEach(request -> answer(browser, request));
        return browser;
    }

    static MockHttpServletResponse answer(MockMvc browser, MockHttpServletRequestBuilder request) {
        try {
            return browser.perform(request).andReturn().getResponse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

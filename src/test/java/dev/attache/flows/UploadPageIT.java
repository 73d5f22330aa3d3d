package dev.attache.flows;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.EventType;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import dev.attache.testing.RequiresChromium;
import dev.attache.testing.SharedChromium;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The upload page in a real browser: the system's Chromium. */
@SandboxTest
@RequiresChromium
@Tag("notifications")
class UploadPageIT {

    private static final byte[] PDF = ("%PDF-1.4\n" + "x".repeat(200_000)).getBytes(StandardCharsets.UTF_8);

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    private Page page;

    @BeforeEach
    void openPage() {
        page = SharedChromium.open().newPage();
    }

    @AfterEach
    void closePage() {
        if (page != null) {
            page.context().close();
        }
    }

    private String mailedPage(String id, String address, String notify) {
        return mailedPage(id, address, notify, 1_000_000);
    }

    private String mailedPage(String id, String address, String notify, long maxBytes) {
        upstream.send(
                "attachment-requests", Events.attachmentRequested(id, "crm", """
                    {"direction":"upload","channel":"email","recipients":[{"address":"%s","name":"Ana","locale":"en"}],"expiresIn":"PT48H",
                     "upload":{"contentTypes":["application/pdf"],"maxBytes":%d},"notify":[%s],
                     "message":{"subject":"Your signed contract","text":"Please send it back."}}\
                    """.formatted(address, maxBytes, notify)));
        return mailbox.await(address).links().getFirst();
    }

    private static FilePayload pdf() {
        return new FilePayload("Signed contract (Ana).pdf", "application/pdf", PDF);
    }

    private AttachmentUploaded awaitUploaded(String id) {
        return Events.read(
                        upstream.await(
                                "attachment-events-inbox",
                                message -> message.body().contains(id)
                                        && "attachment.uploaded"
                                                .equals(message.attributes().get("type"))),
                        EventType.ATTACHMENT_UPLOADED)
                .data();
    }

    @Test
    @Tag("conditional-writes")
    void aFileUploadedOnThePageIsPublishedAndMailedToThoseWhoWait() {
        String id = Events.newId();
        String waiting = Recipients.someone();
        String url = mailedPage(id, Recipients.someone(), "\"" + waiting + "\"");

        page.navigate(url);
        assertThat(page.locator("body")).containsText("Customer Relations");
        assertThat(page.locator("body")).containsText("Please send it back.");
        page.locator("#file").setInputFiles(pdf());
        page.locator("#send").click();
        assertThat(page.locator("#done-heading")).isVisible();

        AttachmentUploaded uploaded = awaitUploaded(id);
        assertThat(uploaded.fileName()).isEqualTo("Signed contract (Ana).pdf");
        assertThat(uploaded.contentLength()).isEqualTo(PDF.length);
        assertThat(Recipients.download(mailbox.await(waiting).links().getFirst(), 0)
                        .body())
                .isEqualTo(PDF);
        page.navigate(url);
        assertThat(page.locator("#file")).hasCount(0);
    }

    @Test
    @Tag("conditional-writes")
    void whoSentAFileGetsAReceiptAndWhoWaitsIsToldWhoSentIt() {
        String person = Recipients.someone();
        String waiting = Recipients.someone();
        page.navigate(mailedPage(Events.newId(), person, "\"" + waiting + "\""));
        page.locator("#file").setInputFiles(pdf());
        page.locator("#send").click();
        assertThat(page.locator("#done-heading")).isVisible();

        ReceivedMail receipt = mailbox.await(person, 2).getLast();
        assertThat(receipt.subject()).contains("has received your file", "Your signed contract");
        assertThat(receipt.text()).contains("Signed contract (Ana).pdf (PDF · 200\u00a0kB)", "Received on: ");
        assertThat(receipt.links()).allMatch(link -> link.startsWith("https://crm.example.com/"));
        ReceivedMail arrival = mailbox.await(waiting);
        assertThat(arrival.subject()).startsWith("Ana has sent a file").contains("Your signed contract");
        assertThat(arrival.text()).contains("From: Ana (" + person + ")");
        String reference = receipt.subject().replaceAll(".*\\((.{9})\\).*", "$1");
        assertThat(reference).matches("[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(receipt.text()).contains("Reference: " + reference);
        assertThat(arrival.subject()).contains("(" + reference + ")");
        page.navigate(arrival.links().getFirst());
        assertThat(page.locator("body")).containsText("Signed contract (Ana).pdf");
    }

    @Test
    @Tag("conditional-writes")
    void aLargeFileIsSentInPartsAndIsTheSameByteForByte() {
        String id = Events.newId();
        String waiting = Recipients.someone();
        byte[] content = new byte[20_000_000];
        new Random(1).nextBytes(content);
        List<String> sent = new ArrayList<>();
        page.onRequest(request -> sent.add(request.method() + (request.url().contains("partNumber=") ? " part" : "")));
        page.navigate(mailedPage(id, Recipients.someone(), "\"" + waiting + "\"", 24_000_000));

        page.locator("#file").setInputFiles(new FilePayload("Scan.pdf", "application/pdf", content));
        page.locator("#send").click();

        assertThat(page.locator("#done-list .name")).hasText("Scan.pdf");
        assertThat(sent).filteredOn("PUT part"::equals).hasSize(3);
        assertThat(awaitUploaded(id).contentLength()).isEqualTo(content.length);
        assertThat(Recipients.download(mailbox.await(waiting).links().getFirst(), 0)
                        .body())
                .isEqualTo(content);
    }

    @Test
    void aFileOfTheWrongTypeIsNotSent() {
        page.navigate(mailedPage(Events.newId(), Recipients.someone(), ""));

        page.locator("#file")
                .setInputFiles(new FilePayload("page.html", "text/html", "<p>".getBytes(StandardCharsets.UTF_8)));

        assertThat(page.locator("#problem")).isVisible();
        assertThat(page.locator("#send")).isHidden();
    }

    @Test
    void anExpiredLinkIsSignedAgain() {
        page.navigate(mailedPage(Events.newId(), Recipients.someone(), ""));
        List<String> refused = new ArrayList<>();
        page.route("**/uploads/**", route -> {
            if (route.request().method().equals("PUT") && refused.isEmpty()) {
                refused.add("once");
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(403)
                        .setHeaders(Map.of("Access-Control-Allow-Origin", "*")));
            } else {
                route.resume();
            }
        });

        page.locator("#file").setInputFiles(pdf());
        page.locator("#send").click();

        assertThat(page.locator("#done-heading")).isVisible();
        assertThat(refused).hasSize(1);
    }

    @Test
    @Tag("conditional-writes")
    void afterALostConnectionThePageFindsOutThatTheFileHasArrived() {
        String id = Events.newId();
        page.navigate(mailedPage(id, Recipients.someone(), ""));
        List<String> cut = new ArrayList<>();
        page.route("**/uploads/**", route -> {
            if (route.request().method().equals("PUT") && cut.isEmpty()) {
                cut.add("once");
                Recipients.put(route.request().url(), sent(route.request().allHeaders()), PDF);
                route.abort();
            } else {
                route.resume();
            }
        });

        page.locator("#file").setInputFiles(pdf());
        page.locator("#send").click();

        assertThat(page.locator("#done-list .name")).hasText("Signed contract (Ana).pdf");
        assertThat(awaitUploaded(id).contentLength()).isEqualTo(PDF.length);
    }

    @Test
    @Tag("conditional-writes")
    void ofTwoTabsOneFileIsKeptAndOnlyItsTabShowsSuccess() {
        String id = Events.newId();
        String url = mailedPage(id, Recipients.someone(), "");
        Page second = page.context().newPage();
        page.navigate(url);
        second.navigate(url);
        page.locator("#file").setInputFiles(pdf());
        second.locator("#file").setInputFiles(new FilePayload("Other.pdf", "application/pdf", PDF));
        List<String> arrived = new ArrayList<>();
        page.route("**/uploads/**", route -> {
            if (route.request().method().equals("PUT") && arrived.isEmpty()) {
                // It arrives without a response to the page, and the second tab sends another file.
                arrived.add("once");
                Recipients.put(route.request().url(), sent(route.request().allHeaders()), PDF);
                second.locator("#send").click();
            }
            route.resume();
        });

        page.locator("#send").click();

        assertThat(page.locator("#done-list .name")).hasText("Signed contract (Ana).pdf");
        assertThat(second.locator(".state.problem")).isVisible();
        assertThat(second.locator("#received .name")).hasText("Signed contract (Ana).pdf");
        assertThat(second.locator("#done-heading")).isHidden();
        AttachmentUploaded uploaded = awaitUploaded(id);
        assertThat(uploaded.fileName()).isEqualTo("Signed contract (Ana).pdf");
        assertThat(uploaded.key()).endsWith("/1");
    }

    /** The signed headers. The client sets the others. */
    private static Map<String, String> sent(Map<String, String> headers) {
        headers.keySet()
                .removeIf(name ->
                        !name.startsWith("x-amz-") && !name.equals("content-type") && !name.equals("if-none-match"));
        return headers;
    }

    @Test
    void anUnknownPageShowsThatItIsUnknown() {
        var answer = page.navigate(
                mailedPage(Events.newId(), Recipients.someone(), "").replaceAll("[0-9a-f]{32}$", "0".repeat(32)));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(page.locator("h1")).isVisible();
    }
}

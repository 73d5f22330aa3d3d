package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.link.LinkDownloaded;
import dev.attache.contract.link.LinkExpired;
import dev.attache.contract.link.LinkRenewed;
import dev.attache.contract.link.LinkRevoked;
import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.DueDownloads.Kind;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Download pages with all that follows from them: mails, files, events, and what senders and recipients ask for. */
@SandboxTest
@Tag("conditional-writes")
class DownloadPageLoopIT extends DownloadPageLoopTestBase {

    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    private HttpResponse<String> get(String url) {
        return exchange(HttpRequest.newBuilder(URI.create(url)).GET().build());
    }

    private HttpResponse<String> post(String url, String form) {
        return exchange(HttpRequest.newBuilder(URI.create(url))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private HttpResponse<String> press(String page) {
        return post(page, "item=0");
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return browser.send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private <T> CloudEvent<T> published(EventType<T> type) {
        ReadMessage message = upstream.await(
                "attachment-events-inbox",
                event -> type.name().equals(event.attributes().get("type"))
                        && event.body().contains(requestId));
        return codec.read(message.body().getBytes(StandardCharsets.UTF_8), type);
    }

    private void assertDownloads(HttpResponse<String> redirect) {
        assertThat(redirect.statusCode()).isEqualTo(303);
        HttpResponse<String> file =
                get(redirect.headers().firstValue("location").orElseThrow());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).startsWith("%PDF");
        assertThat(file.headers().firstValue("content-disposition"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("attachment"));
    }

    @Test
    void pressedButtonLeadsToTheFileAndIsReported() {
        String page = mailedPage("PT1H", "{\"maxDownloads\":1}");
        assertThat(get(page).statusCode()).isEqualTo(200);

        assertDownloads(press(page));

        LinkDownloaded downloaded = published(EventType.LINK_DOWNLOADED).data();
        assertThat(downloaded.recipient()).isEqualTo(new Recipient(ana));
        assertThat(downloaded.object().key()).isEqualTo(KEY);
        assertThat(published(EventType.LINK_EXHAUSTED).data().downloads()).isOne();
        assertThat(press(page).statusCode()).isEqualTo(410);
    }

    @Test
    void revokedRequestOpensNoFile() {
        String page = mailedPage("PT1H", "{}");

        send("link.revoke.requested", "{\"requestId\":\"%s\"}".formatted(requestId));

        LinkRevoked revoked = published(EventType.LINK_REVOKED).data();
        assertThat(revoked.signedLinksUntil()).isAfter(revoked.revokedAt());
        assertThat(get(page).statusCode()).isEqualTo(410);
        assertThat(press(page).statusCode()).isEqualTo(410);
    }

    @Test
    void recipientWhoHasNotDownloadedIsReminded() {
        String page = mailedPage("PT1H", "{\"remindBefore\":\"PT59M59S\"}");
        // The reminder is due one second after the page was issued; a marker that is settled earlier is postponed.
        Instant mailed = Instant.now();
        Awaitility.await("the reminder is due").until(() -> Instant.now().isAfter(mailed.plusSeconds(1)));

        settle(Duration.ofMinutes(2));

        assertThat(mailbox.await(ana, 2)).extracting(this::pageOf).containsOnly(page);
        upstream.awaitDrained("email-deliveries");
        assertThat(mailbox.mails(ana)).hasSize(2);
    }

    @Test
    void expiredPageIsRenewedForItsRecipientOnly() {
        String old = expiredPage(true);
        assertThat(press(old).statusCode()).isEqualTo(410);

        HttpResponse<String> asked = post(old + "/renew", "");

        assertThat(asked.statusCode()).isEqualTo(200);
        String renewed = pageOf(mailbox.await(ana));
        assertThat(renewed).isNotEqualTo(old);
        assertDownloads(press(renewed));
        assertThat(press(old).statusCode()).isEqualTo(410);
        LinkRenewed event = published(EventType.LINK_RENEWED).data();
        assertThat(event.expiresAt()).isAfter(Instant.now());
        // The expiry is reported when the new link ends.
        settle(Duration.ZERO);
        assertThat(due.until(event.expiresAt().plus(Duration.ofMinutes(2)), Integer.MAX_VALUE))
                .filteredOn(marker -> marker.key().request() == hashes.request("crm", requestId))
                .extracting(Due::kind)
                .containsOnly(Kind.EXPIRY);
    }

    @Test
    void expiryOfAPageIsReported() {
        expiredPage(true);

        settle(Duration.ZERO);

        LinkExpired expired = published(EventType.LINK_EXPIRED).data();
        assertThat(expired.recipient()).isEqualTo(new Recipient(ana));
        assertThat(expired.downloaded()).isFalse();
    }

    @Test
    void extendedPageIsOpenAgain() {
        String page = expiredPage(false);
        assertThat(get(page).statusCode()).isEqualTo(410);

        send(
                "link.extend.requested",
                "{\"recipient\":\"%s\",\"until\":\"%s\"}"
                        .formatted(ana, Instant.now().plus(Duration.ofDays(1))));

        upstream.await(
                "attachment-events-inbox",
                event -> "link.extended".equals(event.attributes().get("type"))
                        && event.body().contains(ana));
        assertThat(get(page).statusCode()).isEqualTo(200);
        assertDownloads(press(page));
    }

    @Test
    void revokedUploadAcceptsNoFile() {
        send(requestId, "attachment.requested", """
            {"direction":"upload","channel":"email","recipients":["%s"],"expiresIn":"PT1H",
             "upload":{"contentTypes":["application/pdf"]}}\
            """.formatted(ana));
        String page = mailbox.await(ana).links().stream()
                .filter(link -> link.startsWith(publicUrl + PagePaths.UPLOAD))
                .findFirst()
                .orElseThrow();
        assertThat(get(page).statusCode()).isEqualTo(200);

        send("link.revoke.requested", "{\"requestId\":\"%s\"}".formatted(requestId));

        published(EventType.LINK_REVOKED);
        assertThat(get(page).statusCode()).isEqualTo(410);
    }
}

package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventCodec;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.PagePaths;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.ClaimKey;
import dev.attache.ledger.Claims;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Asks the worker for download pages, and finds them in their mails. */
abstract class DownloadPageLoopTestBase {

    static final String KEY = "downloads/crm/contract-4711.pdf";

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Autowired
    Surroundings surroundings;

    @Autowired
    EventCodec codec;

    @Autowired
    Claims claims;

    @Autowired
    DeliveryHashes hashes;

    @Autowired
    PageTokens tokens;

    @Autowired
    DueDownloads due;

    @Autowired
    DuePages duePages;

    @Value("${attache.gateway.public-url}")
    String publicUrl;

    final String requestId = UUID.randomUUID().toString();

    final String ana = "ana-" + requestId + "@example.com";

    void send(String type, String data) {
        send(UUID.randomUUID().toString(), type, data);
    }

    void send(String id, String type, String data) {
        upstream.send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"%s","time":"%s","data":%s}\
            """.formatted(id, type, Instant.now(), data));
    }

    /** Asks for a mail with a page, and returns the page's address. */
    String mailedPage(String lifetime, String options) {
        send(requestId, "attachment.requested", """
            {"direction":"download","channel":"email","recipients":["%s"],"expiresIn":"%s",
             "attachment":{"key":"%s"},"page":%s}\
            """.formatted(ana, lifetime, KEY, options));
        return pageOf(mailbox.await(ana));
    }

    String pageOf(ReceivedMail mail) {
        return mail.links().stream()
                .filter(link -> link.startsWith(publicUrl + PagePaths.DOWNLOAD))
                .findFirst()
                .orElseThrow();
    }

    /** Claims the mail of a page that has expired, and returns the page's address. */
    String expiredPage(boolean reportExpiry) {
        Instant issuedAt = Instant.now().minus(Duration.ofMinutes(10));
        String deliveryId = UUID.randomUUID().toString();
        DownloadPage page = new DownloadPage(
                List.of(new DownloadPage.Item(
                        new ObjectRef(surroundings.bucket(), KEY, null),
                        null,
                        "contract.pdf",
                        null,
                        "application/pdf")),
                issuedAt.plus(Duration.ofMinutes(5)),
                null,
                false,
                false,
                null,
                reportExpiry,
                null);
        IssuedPage issued = new IssuedPage(
                "crm",
                null,
                requestId,
                deliveryId,
                LinkIssued.Purpose.DOWNLOAD,
                new Recipient(ana),
                null,
                issuedAt,
                page,
                Channel.EMAIL,
                null,
                null);
        DeliveryKey key = hashes.key("crm", requestId, ana, deliveryId);
        claims.take(new ClaimKey(deliveryId, key), null, issued).orElseThrow().sent();
        due.schedule(key, issued);
        return publicUrl + PagePaths.DOWNLOAD + tokens.token(key, 0);
    }

    /** Settles the markers of this test's pages, which are due within this time. */
    void settle(Duration within) {
        long request = hashes.request("crm", requestId);
        List<Due> markers = Awaitility.await("a marker")
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> due.until(Instant.now().plus(within), Integer.MAX_VALUE).stream()
                                .filter(marker -> marker.key().request() == request)
                                .toList(),
                        found -> !found.isEmpty());
        assertThat(markers).allMatch(duePages::settle);
    }
}

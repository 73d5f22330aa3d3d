package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.ClaimKey;
import dev.attache.ledger.Claims;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;

/** The download page of the worker over HTTP, from the claim on its mail to the file in S3. */
@SandboxTest
class DownloadPageIT {

    private static final byte[] CONTENT = "%PDF-1.7 report".getBytes(StandardCharsets.US_ASCII);

    @Autowired
    Surroundings surroundings;

    @Autowired
    Claims claims;

    @Autowired
    DeliveryHashes hashes;

    @Autowired
    PageTokens tokens;

    @Autowired
    DownloadUses uses;

    @Autowired
    LinkChanges changes;

    private final String request = Events.newId();
    private final String delivery = UUID.randomUUID().toString();
    private final String ana = Recipients.someone();
    private final String file = "downloads/crm/" + request + ".pdf";
    private DeliveryKey key;
    private String address;

    @BeforeEach
    void storeTheFile() {
        surroundings
                .clients()
                .s3()
                .putObject(
                        it -> it.bucket(surroundings.bucket()).key(file).contentType("application/pdf"),
                        RequestBody.fromBytes(CONTENT));
        key = hashes.key("crm", request, ana, delivery);
        address = surroundings.pageOrigin() + "/d/" + tokens.token(key, 0);
    }

    /** Stores the page as the claim on a mail does. */
    private void claim(@Nullable Integer maxDownloads, boolean confirmAddress, Instant expiresAt) {
        Instant issuedAt = Instant.now();
        claims.take(
                new ClaimKey(delivery, key),
                null,
                new IssuedPage(
                        "crm",
                        null,
                        request,
                        delivery,
                        Purpose.DOWNLOAD,
                        new Recipient(ana, "Ana", "en", "Europe/Lisbon"),
                        new MessageText("Your report", "Here it is."),
                        issuedAt,
                        new DownloadPage(
                                List.of(new DownloadPage.Item(
                                        new ObjectRef(surroundings.bucket(), file, null),
                                        "The report",
                                        "Relatório São João.pdf",
                                        (long) CONTENT.length,
                                        "application/pdf")),
                                expiresAt,
                                maxDownloads,
                                false,
                                confirmAddress,
                                null,
                                false,
                                null),
                        Channel.EMAIL,
                        null,
                        null));
    }

    private void claim() {
        claim(null, false, inADay());
    }

    private static Instant inADay() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    private HttpResponse<byte[]> press(String form) {
        return post("", form);
    }

    private HttpResponse<byte[]> post(String suffix, String form) {
        return Recipients.send(HttpRequest.newBuilder(URI.create(address + suffix))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept-Language", "en")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private HttpResponse<byte[]> get() {
        return Recipients.send(HttpRequest.newBuilder(URI.create(address))
                .header("Accept-Language", "en")
                .build());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static void assertPage(HttpResponse<byte[]> answer, int status, String heading) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(text(answer)).contains(heading);
        assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void aButtonLeadsToTheFileAndIsCounted() {
        claim();

        assertPage(get(), 200, "The report");
        HttpResponse<byte[]> pressed = press("item=0");

        assertThat(pressed.statusCode()).isEqualTo(303);
        HttpResponse<byte[]> downloaded =
                Recipients.get(pressed.headers().firstValue("Location").orElseThrow());
        assertThat(downloaded.body()).isEqualTo(CONTENT);
        assertThat(downloaded.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(disposition -> assertThat(disposition)
                        .startsWith("attachment; ")
                        .contains("filename*=UTF-8''Relat%C3%B3rio%20S%C3%A3o%20Jo%C3%A3o.pdf"));
        assertThat(uses.find(key).item(0).count()).isEqualTo(1);
    }

    @Test
    void getAndHeadCountNothing() {
        claim(1, false, inADay());

        for (int i = 0; i < 5; i++) {
            assertThat(get().statusCode()).isEqualTo(200);
            assertThat(Recipients.send(HttpRequest.newBuilder(URI.create(address))
                                    .HEAD()
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(uses.find(key).isDownloaded()).isFalse();
        assertThat(press("item=0").statusCode()).isEqualTo(303);
    }

    @Test
    void aPageWithoutDownloadsLeftIsUsed() {
        claim(1, false, inADay());
        assertThat(press("item=0").statusCode()).isEqualTo(303);

        assertPage(press("item=0"), 410, "This link has been used");
        assertPage(get(), 410, "This link has been used");
    }

    @Test
    void aRevokedRequestIsWithdrawn() {
        claim();
        changes.revoke(new LinkChanges.Target.OfRequest("crm", request), Instant.now(), Events.newId());

        assertPage(get(), 410, "This link has been withdrawn");
        assertPage(press("item=0"), 410, "This link has been withdrawn");
    }

    @Test
    void anExpiredPageOffersANewLink() {
        claim(null, false, Instant.now().minusSeconds(1));

        assertPage(get(), 410, "Send me a new link");
        assertPage(post("/renew", ""), 200, "Check your email");
    }

    @Test
    void aPageWhoseMailIsNotClaimedYetIsNotReady() {
        assertPage(get(), 404, "Not ready yet");
    }

    @Test
    void aDeletedFileHasAPageOfOurs() {
        claim();
        surroundings
                .clients()
                .s3()
                .deleteObject(it -> it.bucket(surroundings.bucket()).key(file));

        assertPage(press("item=0"), 410, "This file no longer exists");
    }

    @Test
    void anotherAddressIsRefusedAndTheRecipientsIsAccepted() {
        claim(null, true, inADay());

        assertPage(press("item=0&address=eve%40example.com"), 422, "This link was sent to another address");
        assertThat(press("item=0&address=" + ana.replace("@", "%40")).statusCode())
                .isEqualTo(303);
        assertThat(text(get())).doesNotContain("type=\"email\"");
    }

    @Test
    void aForgedTokenIsNotKnown() {
        claim();
        address = address.substring(0, address.length() - 2) + (address.endsWith("AA") ? "BA" : "AA");

        assertPage(get(), 404, "We do not know this link");
        assertPage(press("item=0"), 404, "We do not know this link");
    }
}

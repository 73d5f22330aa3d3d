package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.sandbox.ReceivedMail;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every flow through what {@code infra/terraform} has made, from outside: events, mails, HTTP and the operators' API.
 * {@code .ci/terraform} applies {@code infra/terraform/examples/emulator} and runs it.
 */
@EnabledIfSystemProperty(
        named = InstallationIT.OUTPUTS,
        matches = ".+",
        disabledReason = "It needs an installation: .ci/terraform makes one and runs it")
class InstallationIT {

    /** A file with the outputs of Terraform. */
    static final String OUTPUTS = "installation";

    private static final byte[] CONTRACT = "%PDF-1.4 contract".getBytes(StandardCharsets.UTF_8);

    private static final String CONTRACT_KEY = "downloads/crm/contract.pdf";

    private static final byte[] SCAN = "%PDF-1.4 a scan of the contract".getBytes(StandardCharsets.UTF_8);

    private static Installation installation;

    private final String ana = Recipients.someone();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        installation = Installation.start(Path.of(System.getProperty(OUTPUTS)));
        installation.store(CONTRACT_KEY, CONTRACT);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (installation != null) {
            installation.close();
        }
    }

    private static String download(String address, String more) {
        return """
            {"direction":"download","channel":"email","recipients":["%s"],"attachment":{"key":"%s"}%s}\
            """.formatted(address, CONTRACT_KEY, more);
    }

    private static String upload(String address, String files, String more) {
        return """
            {"direction":"upload","channel":"email","recipients":["%s"],
             "upload":{"contentTypes":["application/pdf"],"maxBytes":1000000%s}%s}\
            """.formatted(address, files, more);
    }

    private String mailedPage() {
        return installation.mailbox().await(ana).links().getFirst();
    }

    private static JsonNode post(String url, String body) {
        HttpResponse<byte[]> answer = Recipients.send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Sends a file as the script of the upload page does: asks for a link, sends the file to S3, and reports it. */
    private static JsonNode send(String page, String name) {
        JsonNode link = post(
                page + "/sign",
                "{\"name\":\"%s\",\"size\":%d,\"type\":\"application/pdf\"}".formatted(name, SCAN.length));
        String url = link.required("url").asString();
        assertThat(preflight(url).firstValue("Access-Control-Allow-Origin")).hasValue(installation.pageOrigin());
        Map<String, String> headers = new HashMap<>();
        link.required("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        assertThat(Recipients.put(url, headers, SCAN).statusCode()).isEqualTo(200);
        return post(
                page + "/arrived",
                "{\"number\":%d}".formatted(link.required("number").asInt()));
    }

    /** What a browser asks S3 before it sends a file from another origin. */
    private static HttpHeaders preflight(String url) {
        return Recipients.send(HttpRequest.newBuilder(URI.create(url))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", installation.pageOrigin())
                        .header("Access-Control-Request-Method", "PUT")
                        .header("Access-Control-Request-Headers", "content-type,if-none-match")
                        .build())
                .headers();
    }

    @Test
    void aMailLeadsToAPageAndItsFileAndTheDownloadIsAnnounced() {
        String id = installation.ask(download(ana, ",\"message\":{\"subject\":\"Your contract\"}"));

        ReceivedMail mail = installation.mailbox().await(ana);
        String page = mail.links().getFirst();
        assertThat(mail.subject()).contains("Your contract");
        assertThat(page).startsWith(installation.pageOrigin() + "/d/");
        assertThat(Recipients.get(page).statusCode()).isEqualTo(200);
        assertThat(Recipients.download(page, 0).body()).isEqualTo(CONTRACT);
        assertThat(installation.awaitEvent("link.downloaded", id).toString()).contains(ana, CONTRACT_KEY);
    }

    @Test
    void aFileFromTheUploadPageIsAnnouncedAndMailedToThoseWhoWait() {
        String waiting = Recipients.someone();
        String id = installation.ask(upload(ana, "", ",\"notify\":[\"" + waiting + "\"]"));

        JsonNode receipt = send(mailedPage(), "signed.pdf");

        assertThat(receipt.required("complete").asBoolean()).isTrue();
        assertThat(installation
                        .awaitEvent("attachment.uploaded", id)
                        .required("fileName")
                        .asString())
                .isEqualTo("signed.pdf");
        assertThat(Recipients.download(
                                installation.mailbox().await(waiting).links().getFirst(), 0)
                        .body())
                .isEqualTo(SCAN);
        assertThat(installation.mailbox().await(ana, 2).getLast().text()).contains("signed.pdf");
    }

    @Test
    void severalFilesAreAnnouncedTogetherWhenThePersonIsReady() {
        String id = installation.ask(upload(ana, ",\"maxFiles\":3", ""));
        String page = mailedPage();

        send(page, "one.pdf");
        send(page, "two.pdf");
        post(page + "/complete", "{}");

        assertThat(installation.awaitEvent("upload.completed", id).toString()).contains("one.pdf", "two.pdf");
    }

    /** The worker sends the list to itself, in parts. */
    @Test
    void everyRecipientOfAListGetsAMail() {
        String domain = Events.newId() + ".example.com";
        String key = "downloads/crm/" + domain + ".ndjson";
        String list = IntStream.range(0, 200)
                .mapToObj(i -> "{\"address\":\"r%d@%s\",\"name\":\"%s\"}".formatted(i, domain, "名".repeat(200)))
                .collect(Collectors.joining("\n"));
        installation.store(key, list.getBytes(StandardCharsets.UTF_8));

        installation.ask("""
            {"direction":"download","channel":"email","recipientList":{"key":"%s"},"attachment":{"key":"%s"}}\
            """.formatted(key, CONTRACT_KEY));

        for (int i = 0; i < 200; i++) {
            String address = "r" + i + "@" + domain;
            await("a mail to " + address)
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> installation.mailbox().mails(address).size() == 1);
        }
    }

    @Test
    void aPurchaseLeadsToOneMailWithAllItsItems() {
        installation.store("downloads/shop/streams.epub", SCAN);
        installation.store("downloads/shop/exercises.pdf", CONTRACT);

        installation.send("purchases-completed", "purchase.completed", "shop", """
            {"orderId":"1001","purchasedAt":"2026-11-21T09:00:00Z","customer":{"address":"%s","name":"Ana"},
             "items":[{"sku":"1","title":"Streams","attachment":{"key":"downloads/shop/streams.epub"}},
                      {"sku":"2","title":"Exercises","attachment":{"key":"downloads/shop/exercises.pdf"}}]}\
            """.formatted(ana));

        String page = mailedPage();
        assertThat(Recipients.download(page, 0).body()).isEqualTo(SCAN);
        assertThat(Recipients.download(page, 1).body()).isEqualTo(CONTRACT);
    }

    @Test
    void aNewsletterHasAnUnsubscribeLinkForEachRecipient() {
        String bo = Recipients.someone();

        installation.ask("""
            {"direction":"download","channel":"newsletter","recipients":["%s","%s"],"attachment":{"key":"%s"},
             "campaign":{"id":"winter","unsubscribeUrl":"https://news.example/out?who={recipient}"},
             "message":{"subject":"Winter"}}\
            """.formatted(ana, bo, CONTRACT_KEY));

        for (String address : new String[] {ana, bo}) {
            ReceivedMail mail = installation.mailbox().await(address);
            assertThat(mail.header("List-Unsubscribe"))
                    .contains("https://news.example/out?who=" + URLEncoder.encode(address, StandardCharsets.UTF_8));
            assertThat(Recipients.download(mail.links().getFirst(), 0).body()).isEqualTo(CONTRACT);
        }
    }

    @Test
    void anotherSystemGetsASignedLinkByEvent() {
        String id = installation.ask("""
            {"direction":"download","channel":"event","attachment":{"key":"%s"}}\
            """.formatted(CONTRACT_KEY));

        String url = installation
                .awaitEvent("link.issued", id)
                .required("links")
                .required(0)
                .required("url")
                .asString();

        assertThat(Recipients.get(url).body()).isEqualTo(CONTRACT);
        assertThat(Recipients.get(url.replace("contract.pdf", "other.pdf")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRevokedRequestClosesItsPage() {
        String id = installation.ask(download(ana, ""));
        String page = mailedPage();
        assertThat(Recipients.get(page).statusCode()).isEqualTo(200);

        installation.send("attachment-requests", "link.revoke.requested", "crm", "{\"requestId\":\"" + id + "\"}");

        installation.awaitEvent("link.revoked", id);
        assertThat(Recipients.get(page).statusCode()).isEqualTo(410);
    }

    @Test
    void anExtensionOpensAnExpiredPageAgain() {
        String id = installation.ask(download(ana, ",\"expiresIn\":\"PT3S\""));
        String page = mailedPage();
        await("the page's end")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Recipients.get(page).statusCode() == 410);

        installation.send(
                "attachment-requests",
                "link.extend.requested",
                "crm",
                "{\"requestId\":\"%s\",\"until\":\"%s\"}"
                        .formatted(id, Instant.now().plus(Duration.ofHours(1))));

        installation.awaitEvent("link.extended", id);
        assertThat(Recipients.download(page, 0).body()).isEqualTo(CONTRACT);
    }

    @Test
    void anUploadThatNeverArrivesIsAnnouncedAsExpired() {
        String id = installation.ask(upload(ana, "", ",\"expiresIn\":\"PT2S\""));

        installation.awaitEvent("upload.expired", id);
        assertThat(Recipients.get(mailedPage()).statusCode()).isEqualTo(410);
    }

    @Test
    void aDeadLetterIsSeenAndReplayedThroughTheOperatorsApi() {
        String key = "downloads/crm/late-" + Events.newId() + ".pdf";
        String queue = installation.deadLetterQueue("attachment-requests");
        installation.ask(download(ana, "").replace(CONTRACT_KEY, key));
        String letters = "/ops/api/dead-letters/" + queue + "/letters";
        JsonNode found = await("the dead letter")
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> {
                            installation.runTask("{\"action\":\"scan\",\"queue\":\"" + queue + "\"}");
                            return installation.operate(letters + "?code=OBJECT_NOT_FOUND", "");
                        },
                        answer -> answer.toString().contains("OBJECT_NOT_FOUND"));
        assertThat(found.toString()).contains("crm");

        installation.store(key, CONTRACT);
        installation.runTask("""
            {"action":"replay","queue":"%s","selection":{"select":"group","code":"OBJECT_NOT_FOUND","source":"crm"}}\
            """.formatted(queue));

        assertThat(Recipients.download(mailedPage(), 0).body()).isEqualTo(CONTRACT);
    }
}

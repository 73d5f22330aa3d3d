package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.console.ConsoleBrowser;
import dev.attache.console.ConsoleClient;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator follows requests in the console, and acts on them. */
@SandboxTest
class RequestStoryIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Pattern FIELD =
            Pattern.compile("type=\"hidden\" name=\"([A-Za-z_]+)\"(?: value=\"([^\"]*)\")?");

    private final String id = Events.newId();

    private final String ana = Recipients.someone();

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private Upstream upstream;

    @Autowired
    private Mailbox mailbox;

    @Autowired
    private AuditLog audit;

    private ConsoleClient operator;

    @BeforeEach
    void signIn() {
        operator = new ConsoleClient(surroundings.managementOrigin());
        operator.signIn(ConsoleBrowser.OPERATOR, ConsoleBrowser.OPERATOR);
    }

    @AfterEach
    void signOut() {
        operator.close();
    }

    private ReceivedMail request() {
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """.formatted(ana)));
        return mailbox.await(ana);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String storyPath() {
        return "/ops/requests?source=crm&id=" + encoded(id);
    }

    private JsonNode story() {
        return json(operator.get("/ops/api/requests?source=crm&id=" + encoded(id)));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private JsonNode storyOnce(Predicate<JsonNode> fits) {
        return await().atMost(SOON).until(this::story, fits);
    }

    private static boolean has(JsonNode story, String kind) {
        return story.findValues("kind").stream().anyMatch(it -> it.asString().equals(kind));
    }

    /** Opens a page with a form, and sends the form as it is. */
    private HttpResponse<String> confirm(String path, String action, Map<String, String> filled) {
        String page = operator.get(path).body();
        Map<String, String> fields = new java.util.HashMap<>();
        Matcher field = FIELD.matcher(page.substring(page.indexOf("action=\"" + action + "\"")));
        while (field.find()) {
            fields.put(
                    field.group(1), field.group(2) == null ? "" : field.group(2).replace("&amp;", "&"));
        }
        fields.putAll(filled);
        return operator.post(action, fields);
    }

    private List<AuditEntry> audited(String containing) {
        return audit.latest(50, null, containing).entries();
    }

    @Test
    void aRequestIsFollowedFromItsMailToTheDownloadAndRevoked() {
        String page = request().links().getFirst();
        JsonNode mailed = storyOnce(story -> has(story, "MAILED"));
        assertThat(mailed.path("deliveries").path(0).path("events").toString()).contains("250 ");

        assertThat(Recipients.download(page, 0).statusCode()).isEqualTo(200);
        storyOnce(story -> has(story, "DOWNLOADED"));
        String shown = operator.get(storyPath()).body();
        assertThat(shown)
                .contains("Mail accepted by the relay", "Downloaded", ana)
                .doesNotContain(page.substring(page.lastIndexOf('/') + 1))
                .doesNotContain("X-Amz-");

        HttpResponse<String> revoked =
                confirm("/ops/requests/revoke?source=crm&id=" + encoded(id), "/ops/requests/revoke", Map.of());

        assertThat(revoked.statusCode()).isEqualTo(303);
        assertThat(Recipients.get(page).statusCode()).isEqualTo(410);
        assertThat(has(story(), "REVOKED")).isTrue();
        upstream.await(
                "attachment-events-inbox",
                message -> "link.revoked".equals(message.attributes().get("type"))
                        && message.body().contains(id));
        assertThat(audited(id)).extracting(AuditEntry::action).containsExactly("link.revoke.ended", "link.revoke");
        assertThat(audited(id).toString()).doesNotContain("@");
    }

    @Test
    void aMailIsSentAgainOnceWithALinkThatWorks() {
        String first = request().links().getFirst();
        String delivery = storyOnce(story -> has(story, "MAILED"))
                .path("deliveries")
                .path(0)
                .path("delivery")
                .asString();
        String path = "/ops/requests/resend?delivery=" + encoded(delivery);
        Map<String, String> form =
                Map.of("delivery", delivery, "upload", "", "seen", "0", "_csrf", operator.csrf(path));

        assertThat(operator.post("/ops/requests/resend", form).statusCode()).isEqualTo(303);
        HttpResponse<String> doubled = operator.post("/ops/requests/resend", form);

        assertThat(doubled.statusCode()).isEqualTo(422);
        assertThat(doubled.body()).contains("Another mail with a new link was sent");
        ReceivedMail again = mailbox.await(ana, 2).getLast();
        assertThat(again.links().getFirst()).isNotEqualTo(first);
        assertThat(Recipients.download(again.links().getFirst(), 0).statusCode())
                .isEqualTo(200);
        JsonNode story = storyOnce(it -> it.findValues("kind").stream()
                        .filter(kind -> kind.asString().equals("MAILED"))
                        .count()
                == 2);
        assertThat(has(story, "SENT_AGAIN")).isTrue();
        assertThat(mailbox.mails(ana)).hasSize(2);
    }

    @Test
    void anExpiryIsExtended() {
        request();
        Instant before = Instant.parse(storyOnce(story -> has(story, "MAILED"))
                .path("deliveries")
                .path(0)
                .path("stateAt")
                .asString());

        HttpResponse<String> extended = confirm(
                "/ops/requests/extend?source=crm&id=" + encoded(id), "/ops/requests/extend", Map.of("days", "14"));

        assertThat(extended.statusCode()).isEqualTo(303);
        Instant after =
                Instant.parse(story().path("deliveries").path(0).path("stateAt").asString());
        assertThat(after).isAfter(before.plus(Duration.ofDays(12)));
        HttpResponse<String> tooLong = confirm(
                "/ops/requests/extend?source=crm&id=" + encoded(id), "/ops/requests/extend", Map.of("days", "89"));
        assertThat(tooLong.statusCode()).isEqualTo(422);
        assertThat(tooLong.body()).contains("EXPIRY_OUT_OF_RANGE");
    }

    @Test
    void aLinkIsSentByHandAndFollowed() {
        String files =
                operator.get("/ops/share?source=crm&prefix=downloads/crm/").body();
        assertThat(files).contains("downloads/crm/contract-4711.pdf");
        assertThat(operator.get("/ops/share?source=crm&prefix=ledger/").body())
                .contains("nothing that the source may link to");
        String formPath = "/ops/share?source=crm&key=" + encoded("downloads/crm/contract-4711.pdf");
        Map<String, String> filled = Map.of(
                "address", ana, "mailSubject", "By hand", "expiresIn", "P3D", "maxDownloads", "2", "request", id);

        HttpResponse<String> preview = confirm(formPath, "/ops/share/preview", filled);
        assertThat(preview.statusCode()).as(preview.body()).isEqualTo(200);
        assertThat(preview.body()).contains("Send this link?", ana, "3 days", "contract-4711.pdf");
        assertThat(mailbox.mails(ana)).as("a preview sends nothing").isEmpty();

        Map<String, String> all = new java.util.HashMap<>(filled);
        all.putAll(Map.of("source", "crm", "key", "downloads/crm/contract-4711.pdf"));
        HttpResponse<String> sent = operator.submit(formPath, "/ops/share", all);

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        assertThat(sent.headers().firstValue("Location"))
                .hasValueSatisfying(it -> assertThat(it).contains(id));
        ReceivedMail mail = mailbox.await(ana);
        assertThat(mail.subject()).isEqualTo("By hand");
        storyOnce(story -> has(story, "MAILED"));
        assertThat(audited(id)).extracting(AuditEntry::action).containsExactly("link.share.ended", "link.share");
    }

    @Test
    void aLinkThatWouldBeRejectedIsNotSent() {
        HttpResponse<String> refused = operator.send(
                "/ops/api/share/check",
                request -> request.header("Content-Type", "application/json")
                        .header("Authorization", ConsoleClient.basic("operator", "operator"))
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("""
                            {"source":"crm","key":"downloads/shop/x.pdf","recipient":"%s"}\
                            """.formatted(ana))));

        JsonNode check = json(refused);
        assertThat(check.path("accepted").asBoolean()).isFalse();
        assertThat(check.path("code").asString()).isEqualTo("KEY_NOT_ALLOWED");
    }

    @Test
    void aFormThatIsNotValidSaysWhatIsWrong() {
        String formPath = "/ops/share?source=crm&key=" + encoded("downloads/crm/contract-4711.pdf");

        HttpResponse<String> refused =
                confirm(formPath, "/ops/share/preview", Map.of("address", "ana", "mailSubject", "By hand"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("ADDRESS_INVALID", "By hand");
    }

    @Test
    void theUploadOfARequestIsFoundAndItsMailSentAgain() {
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"upload","channel":"email","recipients":["%s"],
             "upload":{"contentTypes":["application/pdf"],"maxBytes":1000}}\
            """.formatted(ana)));
        ReceivedMail first = mailbox.await(ana);

        JsonNode story = await().atMost(SOON)
                .until(
                        () -> json(operator.get(
                                "/ops/api/requests?source=crm&id=" + encoded(id) + "&recipient=" + encoded(ana))),
                        it -> has(it, "MAILED"));
        String upload = story.path("uploads").path(0).path("upload").asString();
        HttpResponse<String> sent = confirm("/ops/requests/resend?upload=" + upload, "/ops/requests/resend", Map.of());

        assertThat(sent.statusCode()).isEqualTo(303);
        ReceivedMail again = mailbox.await(ana, 2).getLast();
        assertThat(again.links()).isEqualTo(first.links());
        assertThat(operator.get(sent.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("Upload opened")
                .doesNotContain(first.links()
                        .getFirst()
                        .substring(first.links().getFirst().lastIndexOf('/') + 1));
    }

    @Test
    void aRecipientIsSearchedAndMaskedForViewers() {
        request();
        storyOnce(story -> has(story, "MAILED"));
        try (ConsoleClient viewer = new ConsoleClient(surroundings.managementOrigin())) {
            viewer.signIn(ConsoleBrowser.VIEWER, ConsoleBrowser.VIEWER);

            assertThat(viewer.get("/ops/requests/search?recipient=" + encoded(ana))
                            .body())
                    .contains(id);
            HttpResponse<String> story = viewer.get(storyPath());
            assertThat(story.body()).contains(ana.charAt(0) + "…@").doesNotContain(ana);
            assertThat(viewer.get("/ops/api/requests?id=" + encoded(id)).body()).doesNotContain(ana);
            Map<String, String> revocation = Map.of(
                    "source", "crm", "id", id, "change", UUID.randomUUID().toString());
            assertThat(viewer.submit(
                                    "/ops/requests/revoke?source=crm&id=" + encoded(id),
                                    "/ops/requests/revoke",
                                    revocation)
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(has(story(), "REVOKED")).isFalse();
    }

    @Test
    void aRequestOfWhichNothingIsKnownSaysWhatMayBe() {
        HttpResponse<String> unknown = operator.get("/ops/requests?id=" + encoded(id));

        assertThat(unknown.body()).contains("Nothing is known about the request", "Dead letters");
        assertThat(operator.get("/ops/api/requests?id=" + encoded(id)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSourceThatIsNotConfiguredIsNamedWithThoseThatAre() {
        for (String address : List.of("/ops/api/requests", "/ops/api/requests/uploads")) {
            HttpResponse<String> answer = operator.get(address + "?source=nope&id=" + encoded(id));

            assertThat(answer.statusCode()).as(address).isEqualTo(404);
            assertThat(answer.body()).contains("There is no such source", "crm");
        }
        assertThat(operator.get("/ops/api/requests?source=crm&id=" + encoded(id))
                        .statusCode())
                .isEqualTo(200);
    }
}

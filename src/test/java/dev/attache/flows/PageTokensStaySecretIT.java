package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.PageToken;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The tokens of a download page, after all that can be done with it, are nowhere but in mails and in the page itself.
 */
@SandboxTest
@ExtendWith(OutputCaptureExtension.class)
class PageTokensStaySecretIT {

    /** As many addresses as a page compares. */
    private static final int TYPED = 10;

    @Autowired
    Surroundings surroundings;

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Autowired
    PageTokens tokens;

    @Autowired
    MeterRegistry meters;

    private final List<HttpResponse<byte[]>> answers = new ArrayList<>();

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        HttpResponse<byte[]> answer = Recipients.send(request.build());
        answers.add(answer);
        return answer;
    }

    private HttpResponse<byte[]> get(String page) {
        return send(HttpRequest.newBuilder(URI.create(page)));
    }

    private HttpResponse<byte[]> post(String page, String form) {
        return send(HttpRequest.newBuilder(URI.create(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private static String token(String page) {
        return page.substring(page.lastIndexOf('/') + 1);
    }

    private String actuator(String path) {
        HttpResponse<byte[]> answer =
                Recipients.send(HttpRequest.newBuilder(URI.create(surroundings.managementOrigin() + path))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("sandbox:sandbox".getBytes(StandardCharsets.UTF_8)))
                        .build());
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private List<String> keys() {
        return surroundings
                .clients()
                .s3()
                .listObjectsV2Paginator(it -> it.bucket(surroundings.bucket()))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private String content(String key) {
        return surroundings
                .clients()
                .s3()
                .getObjectAsBytes(it -> it.bucket(surroundings.bucket()).key(key))
                .asUtf8String();
    }

    @Test
    void tokensAreInNoLogMetricKeyRecordOrEventAboutTheirUse(CapturedOutput output) {
        String id = Events.newId();
        String ana = Recipients.someone();
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"},"page":{"confirmAddress":true,"maxDownloads":1}}\
            """.formatted(ana)));
        String first = mailbox.await(ana).links().getFirst();
        get(first);
        send(HttpRequest.newBuilder(URI.create(first)).HEAD());
        for (int i = 0; i < TYPED; i++) {
            assertThat(post(first, "item=0&address=guess" + i + "%40example.com")
                            .statusCode())
                    .isEqualTo(422);
        }
        String typed = "item=0&address=" + URLEncoder.encode(ana, StandardCharsets.UTF_8);
        assertThat(post(first, typed).statusCode()).isEqualTo(422);
        assertThat(post(first + "/renew", "").statusCode()).isEqualTo(200);
        ReceivedMail mail = mailbox.await(ana, 2).getLast();
        String second = mail.links().getFirst();
        HttpResponse<byte[]> pressed = post(second, "item=0");
        assertThat(pressed.statusCode()).isEqualTo(303);
        get(first + "/renew");
        get(first + "/nothing");
        get(first.substring(0, first.length() - 1));
        get(second + "%00");
        send(HttpRequest.newBuilder(URI.create(second)).method("PUT", BodyPublishers.noBody()));
        upstream.await(
                "attachment-events-inbox",
                message -> message.body().contains(id)
                        && "link.exhausted".equals(message.attributes().get("type")));

        List<String> secrets = List.of(token(first), token(second));
        assertThat(secrets)
                .doesNotHaveDuplicates()
                .allMatch(secret -> tokens.read(secret).isPresent());
        DeliveryKey key = tokens.read(token(first)).map(PageToken::key).orElseThrow();
        assertThat(output.toString()).as("log").doesNotContain(secrets);
        assertThat(actuator("/actuator/prometheus"))
                .as("metrics")
                .contains("attache_downloads_total", "attache_downloads_renewals_total", "http_server_requests")
                .doesNotContain(secrets);
        assertThat(actuator("/actuator/metrics") + actuator("/actuator/metrics/http.server.requests"))
                .as("metrics endpoint")
                .doesNotContain(secrets);
        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::toString)
                .isNotEmpty()
                .noneMatch(meter -> secrets.stream().anyMatch(meter::contains));
        List<String> keys = keys();
        assertThat(keys)
                .contains("ledger/claims/" + key.path(), "ledger/uses/" + key.path())
                .noneMatch(name -> secrets.stream().anyMatch(name::contains));
        assertThat(List.of(content("ledger/claims/" + key.path()), content("ledger/uses/" + key.path())))
                .noneMatch(record -> secrets.stream().anyMatch(record::contains));
        assertThat(upstream.messages("attachment-events-inbox"))
                .filteredOn(message -> message.body().contains(id))
                .isNotEmpty()
                .noneMatch(message ->
                        secrets.stream().anyMatch(secret -> (message.body() + message.attributes()).contains(secret)));
        assertThat(pressed.headers().firstValue("Location").orElseThrow()).doesNotContain(secrets);
        assertThat(answers)
                .hasSizeGreaterThan(15)
                .allSatisfy(answer -> assertThat(answer.headers().allValues("Referrer-Policy"))
                        .as(answer.request().method() + " " + answer.statusCode())
                        .containsExactly("no-referrer"));
    }
}

package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.EventType;
import dev.attache.contract.RequestRejected;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Messages in the forms that people and other systems send. */
@SandboxTest
@ExtendWith(OutputCaptureExtension.class)
class InputFormsIT {

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Autowired
    MeterRegistry meters;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment-requests",
                "purchases-completed",
                "objects-created",
                "request-parts",
                "email-deliveries",
                "newsletter-deliveries"
            })
    void aSubscriptionConfirmationIsDeadLetteredWithInstructions(String queue, CapturedOutput output) {
        String token = "token" + Events.newId();
        String body = """
            {"Type":"SubscriptionConfirmation","MessageId":"165545c9","Token":"%1$s","Message":"You have chosen to subscribe",
             "TopicArn":"arn:aws:sns:us-east-1:111122223333:requests",
             "SubscribeURL":"https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=%1$s"}\
            """.formatted(token);

        String messageId = upstream.send(queue, body);

        var dead = upstream.awaitDeadLetter(queue, token);
        assertThat(dead.body()).isEqualTo(body);
        assertThat(dead.attributes()).containsEntry("attache-code", "MALFORMED");
        assertThat(dead.attributes().get("attache-reason"))
                .contains("aws sns confirm-subscription")
                .doesNotContain(token);
        var published = upstream.awaitContaining("attachment-events-inbox", messageId);
        assertThat(published.body()).doesNotContain(token);
        RequestRejected rejected =
                Events.read(published, EventType.REQUEST_REJECTED).data();
        assertThat(rejected.detail()).contains("aws sns confirm-subscription");
        assertThat(rejected.source()).isNull();
        assertThat(output).doesNotContain(token);
    }

    @Test
    void aScanResultInObjectsCreatedIsCountedAndAcknowledged() {
        double before = ignored("malware-scan");
        String id = Events.newId();
        upstream.send("objects-created", """
            {"version":"0","id":"%s","detail-type":"GuardDuty Malware Protection Object Scan Result","source":"aws.guardduty",
             "detail":{"s3ObjectDetails":{"bucketName":"attache","objectKey":"uploads/a"}}}\
            """.formatted(id));

        await().atMost(Duration.ofSeconds(30)).until(() -> ignored("malware-scan") > before);
        upstream.awaitDrained("objects-created");
        assertThat(upstream.messages("objects-created-dlq"))
                .noneMatch(message -> message.body().contains(id));
    }

    private double ignored(String reason) {
        return meters.get("attache.objects.ignored")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void aRequestWithBase64DataCausesAMailToTheDomainAsRegistered() {
        String local = "ana-" + Events.newId();
        String data = """
            {"direction":"download","channel":"email","recipients":["%s@fa\u00DF.example"],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """.formatted(local);

        upstream.send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","data_base64":"%s"}\
            """.formatted(
                        Events.newId(), Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8))));

        var mail = mailbox.await(local + "@xn--fa-hia.example");
        assertThat(Recipients.download(mail.links().getFirst(), 0).statusCode()).isEqualTo(200);
    }
}

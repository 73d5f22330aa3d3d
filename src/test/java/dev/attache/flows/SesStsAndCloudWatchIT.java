package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.reliability.worker.DedicatedAws;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An installation that sends mails with SES, signs links with a role of its own and tags uploads. Its calls are
 * recorded and compared with the policies, as those of all tests.
 */
class SesStsAndCloudWatchIT {

    private static DedicatedAws aws;

    private static OtherAwsServices services;

    private static ConfigurableApplicationContext worker;

    @BeforeAll
    static void start() throws IOException {
        aws = DedicatedAws.start(Duration.ofSeconds(30));
        services = new OtherAwsServices();
        worker = process(aws, Map.of("attache.ledger.index-objects", "true"));
    }

    @AfterAll
    static void stop() {
        worker.close();
        services.close();
        aws.close();
    }

    private static ConfigurableApplicationContext process(DedicatedAws on, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "spring.cloud.aws.endpoint", services.address(),
                "spring.jmx.enabled", "false",
                "attache.mail.transport", "ses",
                "attache.links.signing-role-arn", "arn:aws:iam::000000000000:role/signer",
                "attache.uploads.tags", "team=sales"));
        settings.putAll(more);
        return DedicatedWorker.start(on.surroundings(), settings);
    }

    @Test
    void aMailIsSentWithSesAndItsLinkIsSignedByTheRole() {
        // A mail with a link, and a mail with a page, which is in the index.
        for (String source : List.of("desk", "crm")) {
            aws.upstream().send("attachment-requests", Events.attachmentRequested(Events.newId(), source, """
                {"direction":"download","channel":"email","recipients":["%s"],
                 "attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
                """.formatted(
                            Recipients.someone())));
        }

        await("two mails")
                .atMost(Duration.ofSeconds(30))
                .until(() -> services.mails().size() == 2);
        assertThat(services.mails().stream()
                        .filter(mail -> text(mail).contains("X-Amz-Credential=" + OtherAwsServices.ACCESS_KEY))
                        .count())
                .as("links in mails that the role has signed")
                .isEqualTo(1);
    }

    @Test
    void aLinkForAnUploadRequestsTheTags() {
        String id = Events.newId();
        aws.upstream().send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"upload","channel":"event",
             "upload":{"contentTypes":["image/png"],"contentLength":5,"fileName":"avatar.png"}}\
            """));

        LinkIssued issued = Events.read(aws.upstream().awaitContaining("deliveries-inbox", id), EventType.LINK_ISSUED)
                .data();
        assertThat(issued.links().getFirst().headers()).containsEntry("x-amz-tagging", "team=sales");
    }

    /**
     * A process with one role starts an installation: it creates the keys. The last values of its meters are sent when
     * it stops.
     */
    @ParameterizedTest
    @ValueSource(strings = {"worker", "pages", "console"})
    void aProcessWithOneRoleStartsAnInstallationAndSendsItsMeters(String role) {
        int before = services.metrics();

        try (DedicatedAws empty = DedicatedAws.start(Duration.ofSeconds(30))) {
            process(empty, Map.of("attache.roles", role, "attache.cloudwatch.enabled", "true"))
                    .close();

            assertThat(empty.surroundings()
                            .clients()
                            .s3()
                            .listObjectsV2(it ->
                                    it.bucket(empty.surroundings().bucket()).prefix("attache-keys/"))
                            .contents())
                    .extracting(S3Object::key)
                    .contains("attache-keys/keys", "attache-keys/locator");
        }

        assertThat(services.metrics()).isGreaterThan(before);
    }

    private static String text(byte[] mime) {
        try {
            return text(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mime)));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Part part) throws MessagingException, IOException {
        if (!(part.getContent() instanceof Multipart parts)) {
            return part.getContent() instanceof String text ? text : "";
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < parts.getCount(); i++) {
            all.append(text(parts.getBodyPart(i)));
        }
        return all.toString();
    }
}

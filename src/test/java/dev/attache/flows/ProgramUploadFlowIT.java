package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import dev.attache.storage.StorageOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@SandboxTest
class ProgramUploadFlowIT {

    private static final byte[] CONTENT = "\u0089PNG, or near enough".getBytes(StandardCharsets.UTF_8);

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    @Autowired
    LinkSigner signer;

    @Value("${attache.bucket}")
    String bucket;

    private Link requestUpload(String id, String notify) {
        upstream.send(
                "attachment-requests", Events.attachmentRequested(id, "crm", """
                    {"direction":"upload","channel":"event","notify":[%s],"expiresIn":"PT10M",
                     "upload":{"contentTypes":["image/png"],"contentLength":%d,"fileName":"avatar.png"}}\
                    """.formatted(notify, CONTENT.length)));
        LinkIssued issued = Events.read(upstream.awaitContaining("deliveries-inbox", id), EventType.LINK_ISSUED)
                .data();
        assertThat(issued.links()).extracting(Link::rel).containsExactly(Link.Rel.UPLOAD, Link.Rel.UPLOAD_PAGE);
        return issued.links().getFirst();
    }

    @Test
    @Tag("conditional-writes")
    @Tag("notifications")
    void aPutWorksOnceAndTheUploadIsAnnounced() {
        String id = Events.newId();
        String waiting = Recipients.someone();
        Link put = requestUpload(id, "\"" + waiting + "\"");

        assertThat(Recipients.put(put.url().reveal(), put.headers(), CONTENT).statusCode())
                .isEqualTo(200);
        assertThat(Recipients.put(put.url().reveal(), put.headers(), CONTENT).statusCode())
                .isEqualTo(412);

        AttachmentUploaded uploaded = Events.read(
                        upstream.await(
                                "attachment-events-inbox",
                                message -> message.body().contains(id)
                                        && "attachment.uploaded"
                                                .equals(message.attributes().get("type"))),
                        EventType.ATTACHMENT_UPLOADED)
                .data();
        assertThat(uploaded.requestId()).isEqualTo(id);
        assertThat(uploaded.key()).isEqualTo(put.object().key()).endsWith("/1");
        assertThat(uploaded.fileName()).isEqualTo("avatar.png");
        assertThat(uploaded.contentLength()).isEqualTo(CONTENT.length);
        assertThat(uploaded.contentType()).isEqualTo("image/png");
        var mail = mailbox.await(waiting);
        assertThat(Recipients.download(mail.links().getFirst(), 0).body()).isEqualTo(CONTENT);
    }

    @Test
    @Tag("signatures")
    void aPutOfAnotherTypeOrLengthIsRefused() {
        Link put = requestUpload(Events.newId(), "");
        Map<String, String> otherType = new HashMap<>(put.headers());
        otherType.put("content-type", "text/html");

        assertThat(Recipients.put(put.url().reveal(), otherType, CONTENT).statusCode())
                .isEqualTo(403);
        assertThat(Recipients.put(put.url().reveal(), put.headers(), new byte[CONTENT.length + 1])
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @Tag("signatures")
    void aPutUnderAnotherKeyOrNameIsRefused() {
        Link put = requestUpload(Events.newId(), "");
        Map<String, String> otherName = new HashMap<>(put.headers());
        otherName.put("x-amz-meta-file-name", "other.png");
        String otherKey = put.url().reveal().replace("/1?", "/2?");

        assertThat(Recipients.put(otherKey, put.headers(), CONTENT).statusCode())
                .isEqualTo(403);
        assertThat(Recipients.put(put.url().reveal(), otherName, CONTENT).statusCode())
                .isEqualTo(403);
    }

    @Test
    @Tag("signatures")
    void aPutWithoutTheConditionIsRefused() {
        Link put = requestUpload(Events.newId(), "");
        Map<String, String> unconditional = new HashMap<>(put.headers());
        unconditional.remove("if-none-match");

        assertThat(Recipients.put(put.url().reveal(), unconditional, CONTENT).statusCode())
                .isEqualTo(403);
    }

    @Test
    @Tag("signatures")
    void aPutAfterItsTimeIsRefused() {
        SignedLink put = signer.put(
                new UploadTarget(
                        new ObjectRef(bucket, "uploads/late/" + Events.newId(), null),
                        "image/png",
                        CONTENT.length,
                        null,
                        "late",
                        null,
                        StorageOptions.NONE),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> Instant.now().isAfter(put.expiresAt().plusSeconds(1)));

        assertThat(Recipients.put(put.url().reveal(), put.headers(), CONTENT).statusCode())
                .isEqualTo(403);
    }
}

package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.storage.StorageOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PostFormTests {

    @Test
    void aFormHasItsFieldsInOrder() {
        S3LinkSigner signer = Signers.ofRole(Clock.systemUTC().instant().plus(Duration.ofHours(2)), Clock.systemUTC());
        SignedLink link = signer.post(
                Signers.upload("uploads/crm/1/a.pdf", Signers.SHA256), 99, Duration.ofHours(1), Duration.ZERO);

        assertThat(link.url().reveal()).isEqualTo("https://attachments.s3.eu-west-1.amazonaws.com");
        assertThat(link.headers()).isEmpty();
        assertThat(link.fields().keySet())
                .containsExactly(
                        "key",
                        "Content-Type",
                        "x-amz-meta-request-id",
                        "x-amz-checksum-sha256",
                        "x-amz-algorithm",
                        "x-amz-credential",
                        "x-amz-date",
                        "x-amz-security-token",
                        "policy",
                        "x-amz-signature");
    }

    @Test
    void theFilesNameIsAFieldThatThePolicyFixes() {
        S3LinkSigner signer = Signers.ofUser(URI.create("http://localhost:9000"), true);
        SignedLink link = signer.post(
                new UploadTarget(
                        Signers.object("uploads/crm/1/1"),
                        "application/pdf",
                        0,
                        null,
                        "7c1f",
                        "Übersicht.pdf",
                        StorageOptions.NONE),
                99,
                Duration.ofHours(1),
                Duration.ZERO);

        assertThat(link.fields()).containsEntry("x-amz-meta-file-name", "%C3%9Cbersicht.pdf");
        assertThat(new String(Base64.getDecoder().decode(link.fields().get("policy")), StandardCharsets.UTF_8))
                .contains("[\"eq\",\"$x-amz-meta-file-name\",\"%C3%9Cbersicht.pdf\"]");
    }

    @Test
    void thePolicyAllowsWhatTheFieldsSayAndNothingElse() {
        S3LinkSigner signer = Signers.ofUser(URI.create("http://localhost:9000"), true);
        SignedLink link =
                signer.post(Signers.upload("uploads/crm/1/a.pdf", null), 99, Duration.ofHours(1), Duration.ZERO);

        JsonNode policy = new JsonMapper()
                .readTree(Base64.getDecoder().decode(link.fields().get("policy")));
        assertThat(link.url().reveal()).isEqualTo("http://localhost:9000/attachments");
        assertThat(policy.get("expiration").asString())
                .isEqualTo(link.expiresAt().toString());
        assertThat(policy.get("conditions").toString()).startsWith("""
            [{"bucket":"attachments"},["eq","$key","uploads/crm/1/a.pdf"],["eq","$Content-Type","application/pdf"],\
            ["eq","$x-amz-meta-request-id","7c1f"],["eq","$x-amz-algorithm","AWS4-HMAC-SHA256"],\
            """).endsWith("[\"content-length-range\",1,99]]");
    }
}

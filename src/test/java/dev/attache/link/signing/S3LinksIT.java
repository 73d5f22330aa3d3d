package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.S3ObjectCatalog;
import dev.attache.storage.StorageOptions;
import dev.attache.storage.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Uses links with a plain HTTP client, like recipients without an AWS SDK. */
class S3LinksIT {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final byte[] CONTENT = "a few bytes, ünmistakably".getBytes(StandardCharsets.UTF_8);

    private static EmbeddedS3 s3;

    private static S3LinkSigner signer;

    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        s3 = new EmbeddedS3();
        signer = new S3LinkSigner(
                Signers.ambient(s3.credentials()), EmbeddedS3.REGION, s3.endpoint(), true, Clock.systemUTC());
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "downloads/plain.pdf",
                "downloads/a b+c%20d.pdf",
                "downloads/Año 😀/ж.pdf",
                "downloads/q?x=1&y#z.pdf"
            })
    void aDownloadReturnsTheContentWithItsFileName(String key) throws Exception {
        s3.client().putObject(it -> it.bucket(EmbeddedS3.BUCKET).key(key), RequestBody.fromBytes(CONTENT));

        HttpResponse<byte[]> response =
                send(signer.get(Signers.object(key), "Contract Lìma.pdf", "application/pdf", HOUR, MINUTE), null);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(CONTENT);
        assertThat(response.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"Contract Lima.pdf\"; filename*=UTF-8''Contract%20L%C3%ACma.pdf");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/pdf");
    }

    @Test
    void aDownloadLinkDoesNotAnswerHead() throws Exception {
        s3.client().putObject(it -> it.bucket(EmbeddedS3.BUCKET).key("downloads/head"), RequestBody.fromBytes(CONTENT));
        SignedLink link = signer.get(Signers.object("downloads/head"), "head", null, HOUR, MINUTE);

        HttpRequest head =
                HttpRequest.newBuilder(URI.create(link.url().reveal())).HEAD().build();

        assertThat(http.send(head, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
        assertThat(send(link, null).statusCode()).isEqualTo(200);
    }

    @Test
    void anUploadWorksOnce() throws Exception {
        SignedLink link = signer.put(target("uploads/once", null), HOUR, MINUTE);

        assertThat(send(link, CONTENT).statusCode()).isEqualTo(200);
        assertThat(send(link, CONTENT).statusCode()).isEqualTo(412);
        StoredObject stored = catalog().findFresh(Signers.object("uploads/once"));
        assertThat(stored.contentLength()).isEqualTo(CONTENT.length);
        assertThat(stored.contentType()).isEqualTo("application/pdf");
        assertThat(metadata(stored)).containsEntry("request-id", "request%201/%C3%BC");
        assertThat(stored.fileName()).isEqualTo("2 (final).pdf");
    }

    @Test
    void anUploadOfAnotherTypeOrLengthIsRefused() throws Exception {
        SignedLink link = signer.put(target("uploads/other", null), HOUR, MINUTE);

        assertThat(send(with(link, "content-type", "text/html"), CONTENT).statusCode())
                .isEqualTo(403);
        assertThat(send(link, "another length".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(403);
        assertThat(send(with(link, "x-amz-meta-request-id", "another"), CONTENT).statusCode())
                .isEqualTo(403);
        assertThat(send(with(link, "x-amz-meta-file-name", "another.pdf"), CONTENT)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anUploadWithAnotherChecksumIsRefused() throws Exception {
        byte[] forged = CONTENT.clone();
        forged[0]++;
        SignedLink link = signer.put(target("uploads/sum", sha256(CONTENT)), HOUR, MINUTE);

        assertThat(send(link, forged).statusCode()).isEqualTo(400);
        assertThat(send(link, CONTENT).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormUploadsWhatItsPolicyAllows() throws Exception {
        SignedLink link = signer.post(target("uploads/form", sha256(CONTENT)), CONTENT.length, HOUR, MINUTE);

        assertThat(post(link, CONTENT).statusCode()).isBetween(200, 204);
        StoredObject stored = catalog().find(Signers.object("uploads/form"));
        assertThat(stored.contentType()).isEqualTo("application/pdf");
        assertThat(metadata(stored)).containsEntry("request-id", "request%201/%C3%BC");
    }

    @Test
    void aFormRefusesWhatIsTooLargeOrEmptyOrOfAnotherType() throws Exception {
        SignedLink link = signer.post(target("uploads/refused", null), CONTENT.length - 1, HOUR, MINUTE);
        Map<String, String> fields = new LinkedHashMap<>(link.fields());
        fields.put("Content-Type", "text/html");
        SignedLink other = new SignedLink("POST", link.url(), Map.of(), fields, link.expiresAt());

        assertThat(post(link, CONTENT).statusCode()).isEqualTo(400);
        assertThat(post(link, new byte[0]).statusCode()).isEqualTo(400);
        assertThat(post(other, new byte[1]).statusCode()).isEqualTo(403);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog().find(Signers.object("uploads/refused")))
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
    }

    private static UploadTarget target(String key, String sha256) {
        return new UploadTarget(
                Signers.object(key),
                "application/pdf",
                CONTENT.length,
                sha256,
                "request 1/ü",
                "Übersicht 1/2 (final).pdf",
                StorageOptions.NONE);
    }

    private static ObjectCatalog catalog() {
        return new S3ObjectCatalog(s3.client(), Duration.ofSeconds(30), 10, Clock.systemUTC());
    }

    private static Map<String, String> metadata(StoredObject stored) {
        return s3.client()
                .headObject(it ->
                        it.bucket(stored.object().bucket()).key(stored.object().key()))
                .metadata();
    }

    private static SignedLink with(SignedLink link, String header, String value) {
        Map<String, String> headers = new LinkedHashMap<>(link.headers());
        headers.put(header, value);
        return new SignedLink(link.method(), link.url(), headers, link.fields(), link.expiresAt());
    }

    /** Without content-length, which the client sets itself, like a browser. */
    private static HttpResponse<byte[]> send(SignedLink link, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(link.url().reveal()))
                .method(link.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        link.headers().forEach((name, value) -> {
            if (!name.equals("content-length")) {
                request.header(name, value);
            }
        });
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> post(SignedLink link, byte[] file) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        link.fields()
                .forEach((name, value) -> form.append("--border\r\nContent-Disposition: form-data; name=\"")
                        .append(name)
                        .append("\"\r\n\r\n")
                        .append(value)
                        .append("\r\n"));
        form.append("--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n");
        HttpRequest request = HttpRequest.newBuilder(URI.create(link.url().reveal()))
                .header("Content-Type", "multipart/form-data; boundary=border")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(form.toString()),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofString("\r\n--border--\r\n")))
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}

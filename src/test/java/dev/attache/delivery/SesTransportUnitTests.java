package dev.attache.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.Recipient;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SesTransportUnitTests {

    private final Desk desk = new Desk();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private int status = 200;
    private HttpServer ses;

    @BeforeEach
    void startSes() throws IOException {
        ses = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ses.createContext("/v2/email/outbound-emails", exchange -> {
            requests.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            byte[] answer = "{\"MessageId\":\"given-by-ses\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        ses.start();
    }

    @AfterEach
    void stopSes() {
        ses.stop(0);
    }

    @Test
    void theMailArrivesAsItWasComposed() throws Exception {
        try (SesTransport transport = transport()) {
            transport.send(mail());
        }

        JsonNode request = requests.getFirst();
        assertThat(request.at("/Destination/ToAddresses/0").asString()).isEqualTo("ana@example.com");
        byte[] raw = Base64.getDecoder().decode(request.at("/Content/Raw/Data").asString());
        MimeMessage received = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        assertThat(received.getFrom()[0].toString()).isEqualTo("Acme <files@acme.example>");
        assertThat(received.getMessageID()).isEqualTo("<" + Samples.ID + "@acme.example>");
        assertThat(((MimeMultipart) received.getContent()).getBodyPart(0).getContent().toString())
                .contains(Samples.LONG_URL);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aRefusalIsTriedAgainButNotByTheSdk(int refusal) {
        status = refusal;
        try (SesTransport transport = transport()) {
            assertThatExceptionOfType(SdkException.class).isThrownBy(() -> transport.send(mail()))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("X-Amz-Signature"));
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void sesIsNotWaitedForForEver() {
        try (SesV2Client client = client()) {
            assertThat(client.serviceClientConfiguration().overrideConfiguration())
                    .satisfies(it -> assertThat(it.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(10)))
                    .satisfies(it -> assertThat(it.apiCallTimeout()).hasValue(Duration.ofSeconds(20)));
        }
    }

    private SesTransport transport() {
        return new SesTransport(client());
    }

    private SesV2Client client() {
        return SesTransport.patient(SesV2Client.builder()
                .endpointOverride(URI.create("http://localhost:" + ses.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
    }

    private MimeMessage mail() {
        Delivery delivery = Samples.delivery(Purpose.DOWNLOAD, new Recipient("ana@example.com"), null,
                Samples.download("a.pdf", Samples.LONG_URL));
        return desk.composer().compose(delivery, desk.writer().write(delivery));
    }
}

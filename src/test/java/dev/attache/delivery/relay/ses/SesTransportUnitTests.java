package dev.attache.delivery.relay.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.MailRefusedException;
import dev.attache.delivery.relay.Mails;
import dev.attache.delivery.relay.RelayDownException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SesTransportUnitTests {

    private static final String ANA = "ana@example.com";

    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private int status = 200;
    private String error = "";
    private String words = "";
    private boolean silent;
    private HttpServer ses;

    @BeforeEach
    void startSes() throws IOException {
        ses = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ses.createContext("/v2/email/outbound-emails", exchange -> {
            requests.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            if (silent) {
                exchange.close();
                return;
            }
            byte[] answer = (error.isEmpty()
                            ? "{\"MessageId\":\"given-by-ses\"}"
                            : "{\"message\":\"%s\"}".formatted(words))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (!error.isEmpty()) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", error);
            }
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
    void theMailArrivesAsComposed() throws Exception {
        try (SesTransport transport = transport()) {
            transport.send(Mails.to(ANA));
        }

        JsonNode request = requests.getFirst();
        assertThat(request.at("/Destination/ToAddresses/0").asString()).isEqualTo(ANA);
        byte[] raw = Base64.getDecoder().decode(request.at("/Content/Raw/Data").asString());
        MimeMessage received = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        assertThat(received.getSubject()).isEqualTo("A mail");
        assertThat(received.getContent().toString()).contains("..two dots");
        assertThat(request.has("FeedbackForwardingEmailAddress")).isFalse();
        assertThat(request.has("ConfigurationSetName")).isFalse();
    }

    @Test
    void mailsHaveTheConfigurationSetOfTheSettings() {
        try (SesTransport transport = new SesTransport(client(), "files@acme.example", "attache")) {
            transport.send(Mails.to(ANA));
        }

        assertThat(requests.getFirst().at("/ConfigurationSetName").asString()).isEqualTo("attache");
    }

    @Test
    void anArnIsNoNameOfAConfigurationSet() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SesProperties("arn:aws:ses:eu-west-1:111122223333:configuration-set/attache"))
                .withMessageContaining("attache.mail.ses.configuration-set")
                .withMessageContaining("must be the name");
    }

    @Test
    void bouncesAreForwardedToTheSourcesOwnAddress() {
        try (SesTransport transport = transport()) {
            transport.send(Mails.ofSource("bounces@crm.example", ANA));
        }

        assertThat(requests.getFirst().at("/FeedbackForwardingEmailAddress").asString())
                .isEqualTo("bounces@crm.example");
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
        400 | SendingPausedException             | Email sending is disabled for your account                  | RelayDownException
        400 | AccountSuspendedException          | Your account is suspended                                   | RelayDownException
        400 | MailFromDomainNotVerifiedException | The MAIL FROM domain is not verified                        | RelayDownException
        400 | LimitExceededException             | There are too many instances of the resource type           | RelayDownException
        404 | NotFoundException                  | The configuration set does not exist                        | RelayDownException
        400 | MessageRejected                    | Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: Acme <files@acme.example> | RelayDownException
        400 | MessageRejected                    | Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: acme.example | RelayDownException
        400 | MessageRejected                    | Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: ana@example.com | MailRefusedException
        400 | MessageRejected                    | The message contains a virus                                | MailRefusedException
        400 | BadRequestException                | Local address contains control or whitespace                | MailRefusedException
        429 | TooManyRequestsException           | Maximum sending rate exceeded                               | MailDeferredException
        429 | TooManyRequestsException           | Daily message quota exceeded                                | RelayDownException
        403 | AccessDeniedException              | User is not authorized to perform ses:SendEmail on ana@example.com | RelayDownException
        500 | InternalServiceError               | something broke for ana@example.com                         | RelayDownException
        503 | ServiceUnavailable                 | slow down                                                   | RelayDownException
        """)
    void eachErrorConcernsTheAccountOrTheMail(int code, String name, String reply, String meaning) {
        status = code;
        error = name;
        words = reply;

        MailNotSentException failure = failure();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(meaning);
        assertThat(failure.reply()).isEqualTo(reply);
        assertThat(failure.getMessage()).doesNotContain("@").contains(String.valueOf(code));
        assertThat(failure.getCause())
                .as("cause, whose message may contain an address")
                .isNull();
        assertThat(requests).as("requests, which the SDK does not retry").hasSize(1);
    }

    @Test
    void aRefusalNeverMeansThatTheAddressIsInvalid() {
        status = 400;
        error = "MessageRejected";
        words = "no";

        assertThat(failure())
                .isInstanceOfSatisfying(
                        MailRefusedException.class,
                        refused -> assertThat(refused.addressInvalid()).isFalse());
    }

    @Test
    void aMissingAnswerLeavesTheDeliveryUncertain() {
        silent = true;

        assertThat(failure()).isInstanceOf(DeliveryUncertainException.class);
    }

    @Test
    void aRefusedConnectionMeansThatTheRelayIsDown() {
        ses.stop(0);

        assertThat(failure()).isInstanceOf(RelayDownException.class);
    }

    static Stream<Exception> connectionFailures() {
        return Stream.of(
                new NoRouteToHostException("No route to host"),
                new SSLHandshakeException("PKIX path building failed"),
                new ConnectException("Connection refused"),
                new UnknownHostException("email.eu-central-1.amazonaws.com"));
    }

    @ParameterizedTest
    @MethodSource("connectionFailures")
    void aFailureToConnectMeansThatTheRelayIsDown(Exception cause) {
        SesV2Client unreachable = new SesV2Client() {

            @Override
            public SendEmailResponse sendEmail(SendEmailRequest request) {
                throw SdkClientException.create("Unable to execute HTTP request", cause);
            }

            @Override
            public String serviceName() {
                return "ses";
            }

            @Override
            public void close() {}
        };

        assertThatExceptionOfType(RelayDownException.class)
                .isThrownBy(() -> new SesTransport(unreachable, "files@acme.example", null).send(Mails.to(ANA)));
    }

    @Test
    void theClientHasTimeouts() {
        try (SesV2Client client = client()) {
            assertThat(client.serviceClientConfiguration().overrideConfiguration())
                    .satisfies(it -> assertThat(it.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(10)))
                    .satisfies(it -> assertThat(it.apiCallTimeout()).hasValue(Duration.ofSeconds(20)));
        }
    }

    private MailNotSentException failure() {
        try (SesTransport transport = transport()) {
            transport.send(Mails.to(ANA));
        } catch (MailNotSentException e) {
            return e;
        }
        throw new AssertionError("The mail was sent");
    }

    private SesTransport transport() {
        return new SesTransport(client(), "files@acme.example", null);
    }

    private SesV2Client client() {
        return SesTransport.client(SesV2Client.builder()
                .endpointOverride(
                        URI.create("http://localhost:" + ses.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
    }
}

package dev.attache.flows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** STS, SES and CloudWatch at one address, as far as the application calls them. They accept everything. */
final class OtherAwsServices implements AutoCloseable {

    /** The access key of all sessions. */
    static final String ACCESS_KEY = "ASIAOTHERSERVICES";

    private final List<byte[]> mails = new CopyOnWriteArrayList<>();

    private final AtomicInteger metrics = new AtomicInteger();

    private final HttpServer server;

    OtherAwsServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::assumeRole);
        server.createContext("/v2/email/outbound-emails", this::sendEmail);
        server.createContext("/service/", this::putMetricData);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What SES was given, as MIME. */
    List<byte[]> mails() {
        return mails;
    }

    int metrics() {
        return metrics.get();
    }

    private void assumeRole(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        answer(exchange, "text/xml", """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>%s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
            <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>\
            """.formatted(ACCESS_KEY, Instant.now().plusSeconds(7200))
                .getBytes(StandardCharsets.UTF_8));
    }

    private void sendEmail(HttpExchange exchange) throws IOException {
        mails.add(Base64.getDecoder()
                .decode(JsonMapper.shared()
                        .readTree(exchange.getRequestBody().readAllBytes())
                        .at("/Content/Raw/Data")
                        .stringValue()));
        answer(exchange, "application/json", "{\"MessageId\":\"1\"}".getBytes(StandardCharsets.UTF_8));
    }

    /** In smithy-rpc-v2-cbor; the answer is an empty map. */
    private void putMetricData(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        metrics.incrementAndGet();
        exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
        answer(exchange, "application/cbor", new byte[] {(byte) 0xa0});
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

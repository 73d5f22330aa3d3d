package dev.attache.link.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Answers AssumeRole in the Query protocol of STS; all sessions have the access key {@code ASIAEMULATOR}. */
public final class StsEmulator implements AutoCloseable {

    public final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    public StsEmulator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::assumeRole);
        server.start();
    }

    /** The configurer that Spring Cloud AWS creates with {@code spring.cloud.aws.endpoint}. */
    public AwsClientBuilderConfigurer reachedBy(AwsCredentialsProvider credentials) {
        AwsProperties properties = new AwsProperties();
        properties.setEndpoint(
                URI.create("http://localhost:" + server.getAddress().getPort()));
        return new AwsClientBuilderConfigurer(credentials, () -> Region.SA_EAST_1, properties);
    }

    private void assumeRole(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] answer = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>ASIAEMULATOR</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
            <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>\
            """.formatted(Instant.now().plusSeconds(7200)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

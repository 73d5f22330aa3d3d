package dev.attache.sandbox;

import dev.attache.sandbox.s3.BucketNotifications;
import dev.attache.sandbox.s3.NotifyingBlobStore;
import dev.attache.sandbox.s3.PendingMultiparts;
import dev.attache.sandbox.s3.S3EventJson;
import dev.attache.sandbox.s3.S3ProxyConnections;
import dev.attache.sandbox.sns.PublishedMessages;
import dev.attache.sandbox.sns.SnsEndpoint;
import dev.attache.topology.Topology;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQS, S3, SNS and a mailbox in this JVM, listening on the loopback interface. Everything is in memory, and lost when
 * it is closed. {@link TopologyProvisioner} creates the queues, the topics and the bucket.
 */
public final class EmbeddedAws implements AutoCloseable {

    /**
     * Version 1 of the AWS CLI has its own SQS host for most other regions, and then ignores
     * {@code AWS_ENDPOINT_URL_SQS}.
     */
    public static final String REGION = "eu-central-2";

    public static final String ACCOUNT = "000000000000";
    public static final String ACCESS_KEY = "sandbox";
    public static final String SECRET_KEY = "sandboxsandbox";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedAws.class);
    private static final String LOOPBACK = "127.0.0.1";

    private final Ports ports;
    private final Endpoints endpoints;
    private final AwsClients clients;
    private final BucketNotifications notifications;
    private final CatchAllMail mail;
    private final PublishedMessages published = new PublishedMessages(Clock.systemUTC());
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /**
     * Starts everything.
     *
     * @throws Ports.PortTakenException if one of the ports is in use; nothing is left running then
     */
    public EmbeddedAws(Ports ports) {
        ports.requireFree();
        this.ports = ports;
        this.endpoints = new Endpoints(
                localhost(ports.sqs()), localhost(ports.s3()), localhost(ports.sns()), REGION, ACCESS_KEY, SECRET_KEY);
        try {
            startSqs();
            this.clients = endpoints.clients();
            started.push(clients);
            this.notifications = new BucketNotifications(clients.sqs(), new S3EventJson(REGION), Clock.systemUTC());
            started.push(notifications);
            startS3();
            started.push(SnsEndpoint.start(LOOPBACK, ports.sns(), REGION, ACCOUNT, clients.sqs(), published));
            this.mail = new CatchAllMail(ports.smtp(), ports.imap());
            started.push(mail);
        } catch (Exception failed) {
            close();
            throw new IllegalStateException("The embedded AWS did not start: " + failed.getMessage(), failed);
        }
    }

    public Ports ports() {
        return ports;
    }

    /** Endpoints, clients and ports for workers, tests and tools. */
    public Surroundings surroundings() {
        return new Surroundings(
                endpoints, clients, mail, published, ports.attache(), ports.management(), Surroundings.BUCKET);
    }

    /** The notifications of the bucket, which S3Proxy does not support. */
    BucketNotifications notifications() {
        return notifications;
    }

    private void startSqs() {
        var server = SQSRestServerBuilder.withInterface(LOOPBACK)
                .withPort(ports.sqs())
                .withServerAddress(new NodeAddress("http", "localhost", ports.sqs(), ""))
                .withAWSRegion(REGION)
                .withAWSAccountId(ACCOUNT)
                .start();
        // Stopped also if it cannot bind its port: its threads are not daemons, and would keep the JVM running.
        started.push(server::stopAndWait);
        server.waitUntilStarted();
    }

    private void startS3() throws Exception {
        var multiparts = new PendingMultiparts();
        var store = new NotifyingBlobStore(new TransientNio2BlobStore(), notifications, multiparts, Clock.systemUTC());
        started.push(store);
        var page = "http://localhost:" + ports.attache();
        // Without x-amz-*: S3Proxy does not support it, and "*" would allow headers that the rules of a bucket do not.
        var rules = Topology.definition().bucket().cors();
        var cors = new CrossOriginResourceSharing(
                List.of(Pattern.quote(page)),
                rules.allowedMethods(),
                rules.allowedHeaders().stream()
                        .filter(header -> !header.contains("*"))
                        .toList(),
                rules.exposeHeaders(),
                "");
        var s3 = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://%s:%d".formatted(LOOPBACK, ports.s3())))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .corsRules(cors)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        S3ProxyConnections.correct(s3, multiparts, page);
        s3.start();
        started.push(s3::stop);
    }

    /** Stops everything in reverse order of the start. A second call does nothing. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) {
                LOG.warn("Part of the embedded AWS did not stop: {}", failed.toString());
            }
        }
    }

    private static URI localhost(int port) {
        return URI.create("http://localhost:" + port);
    }
}

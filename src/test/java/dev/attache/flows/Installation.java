package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.console.ConsoleClient;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.sandbox.AwsClients;
import dev.attache.sandbox.CatchAllMail;
import dev.attache.sandbox.Endpoints;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.Ports;
import dev.attache.sandbox.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Terraform has made, used from outside: the packaged worker, started with the output {@code environment} and with
 * nothing else; a mail catcher on the port that is in it; and another system, whose queue is subscribed to both topics.
 */
final class Installation implements AutoCloseable {

    private static final String SUBSCRIBER = "subscriber";

    /** Some flows end after a lifetime, or after several rounds of a sweep. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int BUSY = 503;

    private final JsonNode outputs;
    private final Map<String, String> environment = new TreeMap<>();
    private final AwsClients aws;
    private final CatchAllMail mail;
    private final Upstream upstream;
    private final Mailbox mailbox;
    private final ConsoleClient console;
    private final WorkerProcess worker;

    private Installation(JsonNode outputs) {
        this.outputs = outputs;
        output("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asString()));
        URI endpoint = URI.create(variable("SPRING_CLOUD_AWS_ENDPOINT"));
        this.aws = new Endpoints(
                        endpoint,
                        endpoint,
                        endpoint,
                        variable("AWS_REGION"),
                        variable("AWS_ACCESS_KEY_ID"),
                        variable("AWS_SECRET_ACCESS_KEY"))
                .clients();
        this.mail = new CatchAllMail(
                Integer.parseInt(variable("SPRING_MAIL_PORT")), Ports.random().imap());
        this.upstream = new Upstream(aws);
        this.mailbox = new Mailbox(mail);
        this.console = new ConsoleClient("http://localhost:" + variable("MANAGEMENT_SERVER_PORT"));
        this.worker = WorkerProcess.startInstalled(environment, Path.of("target", "test-logs", "installed.log"));
    }

    /** @param outputs a file with what {@code terraform output -json} prints */
    static Installation start(Path outputs) throws IOException, InterruptedException {
        var installation = new Installation(JsonMapper.shared().readTree(Files.readString(outputs)));
        try {
            installation.subscribe();
            installation.worker.awaitReady();
        } catch (RuntimeException | AssertionError failed) {
            installation.close();
            throw failed;
        }
        return installation;
    }

    private JsonNode output(String name) {
        return outputs.required(name).required("value");
    }

    private String variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new IllegalStateException("The output environment lacks " + name));
    }

    /** The name of a queue in {@code infra/topology.yaml} in this installation. */
    private String queue(String name) {
        return output("queues").required(name).required("name").asString();
    }

    String deadLetterQueue(String name) {
        return output("dead_letter_queues").required(name).required("name").asString();
    }

    private String bucket() {
        return output("bucket").required("name").asString();
    }

    private void subscribe() {
        String url = aws.sqs().createQueue(it -> it.queueName(SUBSCRIBER)).queueUrl();
        String arn = aws.sqs()
                .getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        aws.sqs()
                .setQueueAttributes(
                        it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, """
                            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},
                             "Action":"sqs:SendMessage","Resource":"%s"}]}\
                            """.formatted(arn))));
        subscribe("attachment-events", arn, Map.of("RawMessageDelivery", "true"));
        subscribe(
                "deliveries",
                arn,
                Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"channel\":[\"event\"],\"source\":[\"crm\"]}"));
    }

    private void subscribe(String topic, String queueArn, Map<String, String> attributes) {
        aws.sns()
                .subscribe(it -> it.topicArn(
                                output("topics").required(topic).required("arn").asString())
                        .protocol("sqs")
                        .endpoint(queueArn)
                        .attributes(attributes)
                        .returnSubscriptionArn(true));
    }

    /** Stores a file, as the system does that asks for its link. */
    void store(String key, byte[] content) {
        aws.s3().putObject(it -> it.bucket(bucket()).key(key), RequestBody.fromBytes(content));
    }

    /** Sends an event to a queue of {@code infra/topology.yaml}, and returns the event's id. */
    String send(String queue, String type, String source, String data) {
        String id = Events.newId();
        upstream.send(queue(queue), """
            {"specversion":"1.0","id":"%s","source":"%s","type":"%s","time":"%s","data":%s}\
            """.formatted(id, source, type, Instant.now(), data));
        return id;
    }

    /** Sends a request of the source {@code crm}, and returns its id. */
    String ask(String data) {
        return send("attachment-requests", "attachment.requested", "crm", data);
    }

    /** Waits for an event about a request on one of the topics. */
    JsonNode awaitEvent(String type, String requestId) {
        return await(type)
                .atMost(PATIENCE)
                .until(
                        () -> upstream.messages(SUBSCRIBER).stream()
                                .filter(message -> message.body().contains(requestId)
                                        && type.equals(message.attributes().get("type")))
                                .findFirst(),
                        Optional::isPresent)
                .map(message -> JsonMapper.shared().readTree(message.body()).required("data"))
                .orElseThrow();
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** The origin of the worker's pages. */
    String pageOrigin() {
        return variable("ATTACHE_GATEWAY_PUBLIC_URL");
    }

    /**
     * Calls the operators' API as a script does, and returns the answer, which must be a success. A question that the
     * API cannot answer now, because AWS does not answer, is asked again, as the answer says.
     *
     * @param body of an action; empty for a question
     */
    JsonNode operate(String path, String body) {
        HttpResponse<String> answer = await(path)
                .atMost(PATIENCE)
                .until(() -> send(path, body), it -> it.statusCode() != BUSY || !body.isEmpty());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 299);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> send(String path, String body) {
        return console.send(path, request -> {
            request.header("Authorization", ConsoleClient.basic("operator", "operator"));
            if (body.isEmpty()) {
                request.GET();
            } else {
                request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
            }
        });
    }

    /** Starts a task of the console, and waits for its end. */
    JsonNode runTask(String task) {
        String id = operate("/ops/api/tasks", task).required("id").asString();
        return await(task).atMost(PATIENCE).until(() -> operate("/ops/api/tasks/" + id, ""), it -> it.has("endedAt"));
    }

    /** Sends SIGTERM to the worker, waits for its end, and removes the other system's queue. */
    @Override
    public void close() throws InterruptedException {
        try (worker;
                aws;
                mail;
                console) {
            if (worker.isAlive()) {
                worker.stop();
            }
            aws.sns().listSubscriptions().subscriptions().stream()
                    .filter(it -> it.endpoint().endsWith(":" + SUBSCRIBER))
                    .forEach(it -> aws.sns().unsubscribe(to -> to.subscriptionArn(it.subscriptionArn())));
            aws.sqs()
                    .deleteQueue(it -> it.queueUrl(aws.sqs()
                            .getQueueUrl(name -> name.queueName(SUBSCRIBER))
                            .queueUrl()));
        }
    }
}

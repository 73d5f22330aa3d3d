package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.AttacheApplication;
import dev.attache.binder.InputStatuses;
import dev.attache.binder.inbound.InputStatus;
import dev.attache.console.ConsoleClient;
import dev.attache.console.api.ApiJson;
import dev.attache.contract.EventType;
import dev.attache.deadletters.Tasks;
import dev.attache.delivery.relay.Relay;
import dev.attache.queues.PauseFlags;
import dev.attache.role.Role;
import dev.attache.role.Roles;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import dev.attache.sweep.SweepSchedule;
import dev.attache.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsRequest;
import tools.jackson.databind.JsonNode;

/**
 * One installation as three services: one that only works, one that only serves pages, one that only has the console.
 */
@DedicatedAwsTest
@Tag("conditional-writes")
class SeparateServicesIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String REQUESTS = "attachment-requests";

    private static final byte[] CONTENT = "%PDF-1.7 signed".getBytes(StandardCharsets.US_ASCII);

    private static final Map<Role, Service> SERVICES = new HashMap<>();

    private static AwsUnderTest.Running aws;

    private static Surroundings surroundings;

    private static Upstream upstream;

    private static Mailbox mailbox;

    /** A process of the installation. All state the same public port. */
    private record Service(ConfigurableApplicationContext context, CallRecorder calls, int publicPort) {

        static Service start(Set<Role> roles, Map<String, String> more) {
            CallRecorder calls = new CallRecorder();
            Map<String, String> settings = new HashMap<>(surroundings.properties());
            settings.put("management.server.port", "0");
            settings.put("attache.roles", roles.stream().map(Role::setting).collect(Collectors.joining(",")));
            settings.put("attache.queues.pause-check-interval", "200ms");
            settings.put("attache.queues.sample-interval", "200ms");
            settings.put("attache.failures.object-not-found-attempts", "1");
            settings.put("spring.jmx.enabled", "false");
            // Queues may be stated by ARN or URL; those of another account have to be.
            settings.put("spring.cloud.stream.bindings.attachmentRequests-in-0.destination", arn(REQUESTS));
            settings.put("spring.cloud.stream.bindings.emailDelivery-in-0.destination", url("email-deliveries"));
            if (!roles.contains(Role.WORKER)) {
                // Nothing listens there.
                settings.put("spring.mail.port", "1");
            }
            if (roles.equals(Set.of(Role.PAGES))) {
                settings.put("attache.mail.from", "");
            }
            settings.putAll(more);
            List<String> arguments = new ArrayList<>();
            settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
            ConfigurableApplicationContext context = new SpringApplicationBuilder(AttacheApplication.class)
                    .profiles("sandbox")
                    .registerShutdownHook(false)
                    .initializers(application ->
                            ((GenericApplicationContext) application).registerBean(CallRecorder.class, () -> calls))
                    .run(arguments.toArray(String[]::new));
            return new Service(
                    context,
                    calls,
                    ((WebServerApplicationContext) context).getWebServer().getPort());
        }

        String managementOrigin() {
            return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.management.port");
        }

        JsonNode json(String path, String user) {
            return parsed(Recipients.send(HttpRequest.newBuilder(URI.create(managementOrigin() + path))
                    .header("Authorization", ConsoleClient.basic(user, user))
                    .build()));
        }

        JsonNode post(String path, String body) {
            HttpResponse<byte[]> answer = Recipients.send(HttpRequest.newBuilder(URI.create(managementOrigin() + path))
                    .header("Authorization", ConsoleClient.basic("operator", "operator"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            assertThat(answer.statusCode())
                    .as(new String(answer.body(), StandardCharsets.UTF_8))
                    .isBetween(200, 299);
            return parsed(answer);
        }

        private static JsonNode parsed(HttpResponse<byte[]> answer) {
            return ApiJson.mapper().readTree(answer.body());
        }

        Set<String> meters() {
            return context.getBean(MeterRegistry.class).getMeters().stream()
                    .map(meter -> meter.getId().getName())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @BeforeAll
    static void start() {
        aws = TestAws.dedicated();
        aws.provision();
        surroundings = aws.surroundings();
        upstream = new Upstream(surroundings.clients());
        mailbox = new Mailbox(surroundings.mail());
        // The worker last: none of the others waits for it.
        for (Role role : List.of(Role.CONSOLE, Role.PAGES, Role.WORKER)) {
            SERVICES.put(role, Service.start(Set.of(role), Map.of()));
        }
    }

    @AfterAll
    static void stop() {
        SERVICES.values().forEach(service -> service.context().close());
        aws.close();
    }

    private static String url(String queue) {
        return surroundings
                .clients()
                .sqs()
                .getQueueUrl(it -> it.queueName(queue))
                .queueUrl();
    }

    private static String arn(String queue) {
        return surroundings
                .clients()
                .sqs()
                .getQueueAttributes(it -> it.queueUrl(url(queue)).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    private static Service service(Role role) {
        return Objects.requireNonNull(SERVICES.get(role));
    }

    private static Upstream.ReadMessage published(String type, String requestId) {
        return upstream.await(
                "attachment-events-inbox",
                message -> message.body().contains(requestId)
                        && type.equals(message.attributes().get("type")));
    }

    private static String request(String id, String recipient, String key) {
        return Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipients":["%s"],"attachment":{"key":"%s"}}\
            """.formatted(recipient, key));
    }

    @Test
    void aRequestIsMailedByTheWorkerAndDownloadedFromThePages() {
        String id = Events.newId();
        String ana = Recipients.someone();

        upstream.send(REQUESTS, request(id, ana, "downloads/crm/contract-4711.pdf"));
        HttpResponse<byte[]> file =
                Recipients.download(mailbox.await(ana).links().getFirst(), 0);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).startsWith('%', 'P', 'D', 'F');
        assertThat(Events.read(published("link.downloaded", id), EventType.LINK_DOWNLOADED)
                        .data()
                        .requestId())
                .isEqualTo(id);
        // No worker has swept.
        assertThat(service(Role.PAGES).calls().requests(PublishBatchRequest.class))
                .anySatisfy(call -> assertThat(call.publishBatchRequestEntries())
                        .anySatisfy(entry -> assertThat(entry.message()).contains("link.downloaded", id)));
    }

    @Test
    @Tag("notifications")
    void aFileThatIsSentFromThePageIsAnnouncedByTheWorker() {
        String id = Events.newId();
        String ana = Recipients.someone();
        upstream.send(REQUESTS, Events.attachmentRequested(id, "crm", """
            {"direction":"upload","channel":"email","recipients":["%s"],
             "upload":{"contentTypes":["application/pdf"],"maxBytes":1000}}\
            """.formatted(ana)));
        String page = mailbox.await(ana).links().getFirst();
        assertThat(Recipients.get(page).statusCode()).isEqualTo(200);

        HttpResponse<byte[]> signed = Recipients.send(HttpRequest.newBuilder(URI.create(page + "/sign"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                    {"name":"signed.pdf","size":%d,"type":"application/pdf"}\
                    """.formatted(CONTENT.length)))
                .build());
        assertThat(signed.statusCode()).isEqualTo(200);
        JsonNode link = Service.parsed(signed);
        Map<String, String> headers = new HashMap<>();
        link.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        assertThat(Recipients.put(link.path("url").asString(), headers, CONTENT).statusCode())
                .isEqualTo(200);

        assertThat(Events.read(published("attachment.uploaded", id), EventType.ATTACHMENT_UPLOADED)
                        .data()
                        .requestId())
                .isEqualTo(id);
    }

    @Test
    void aDeadLetterThatTheConsoleReplaysIsHandledByTheWorkerWhichNotesTheOutcome() {
        String id = Events.newId();
        String ana = Recipients.someone();
        String key = "downloads/crm/" + id + ".pdf";
        String dead = Topology.deadLetters(REQUESTS);
        upstream.send(REQUESTS, request(id, ana, key));
        published("request.rejected", id);
        surroundings
                .clients()
                .s3()
                .putObject(it -> it.bucket(surroundings.bucket()).key(key), RequestBody.fromBytes(CONTENT));

        // It is announced before.
        await("the letter").atMost(SOON).until(() -> upstream.depth(dead) == 1);
        await("the console knows the queue")
                .atMost(SOON)
                .until(() -> service(Role.CONSOLE)
                        .json("/ops/api/dead-letters", "operator")
                        .toString()
                        .contains(dead));
        String task = service(Role.CONSOLE)
                .post("/ops/api/tasks", """
                    {"action":"replay","queue":"%s","selection":{"select":"all"}}\
                    """.formatted(dead))
                .path("id")
                .asString();

        mailbox.await(ana);
        JsonNode ended = await("the outcome")
                .atMost(SOON)
                .until(
                        () -> service(Role.CONSOLE).json("/ops/api/tasks/" + task, "operator"),
                        it -> it.has("endedAt") && it.path("handled").asInt() == 1);
        assertThat(ended.path("done").asInt()).isEqualTo(1);
        assertThat(upstream.depth(dead)).isZero();
    }

    @Test
    void aLinkThatAnOperatorSendsByHandIsMailedByTheWorker() {
        String ana = Recipients.someone();

        service(Role.CONSOLE).post("/ops/api/share", """
            {"source":"crm","key":"downloads/crm/contract-4711.pdf","recipient":"%s"}\
            """.formatted(ana));

        assertThat(Recipients.get(mailbox.await(ana).links().getFirst()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPauseInTheConsolePausesTheInputOfTheWorker() {
        String queue = "newsletter-deliveries";

        service(Role.CONSOLE).context().getBean(PauseFlags.class).pause(queue, "ana", "a test");
        await().atMost(SOON).until(() -> isPaused(queue));
        assertThat(queueInConsole(queue).path("state").asString()).isEqualTo("Paused");

        service(Role.CONSOLE).context().getBean(PauseFlags.class).resume(queue, "ana");
        await().atMost(SOON).until(() -> !isPaused(queue));
    }

    private static boolean isPaused(String queue) {
        return service(Role.WORKER).context().getBean(InputStatuses.class).now().stream()
                .filter(input -> input.queue().equals(queue))
                .allMatch(InputStatus::paused);
    }

    private static JsonNode queueInConsole(String name) {
        return service(Role.CONSOLE)
                .json("/ops/api/queues", "operator")
                .valueStream()
                .filter(queue -> queue.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theConsoleShowsDepthsAndSaysThatTheInputsRunElsewhere() {
        await("sampled").atMost(SOON).until(() -> queueInConsole(REQUESTS).has("visible"));
        JsonNode queue = queueInConsole(REQUESTS);
        assertThat(queue.path("state").asString()).isEqualTo("Not in this process");
        assertThat(queue.has("handledPerSecond")).isFalse();

        try (ConsoleClient browser = new ConsoleClient(service(Role.CONSOLE).managementOrigin())) {
            browser.signIn("operator", "operator");

            assertThat(browser.get("/ops").body())
                    .contains("No input runs in this process.", "Not in this process")
                    .containsPattern("/actuator/prometheus\\.</span>\\s+<span>")
                    .doesNotContain("Receiving", "All 0 inputs", "0/s", "Services, as this worker sees them");
        }
    }

    @Test
    void theConsoleReceivesFromDeadLetterQueuesOnlyAndSendsNoMail() {
        assertThat(service(Role.CONSOLE).calls().requests(ReceiveMessageRequest.class))
                .extracting(ReceiveMessageRequest::queueUrl)
                .allMatch(url -> url.endsWith("-dlq") || url.endsWith("-undelivered"));
        assertThat(service(Role.CONSOLE).context().getBean(InputStatuses.class).now())
                .isEmpty();
        assertThat(service(Role.CONSOLE).context().getBeansOfType(Relay.class)).isEmpty();
        assertThat(service(Role.CONSOLE).context().getBeansOfType(SweepSchedule.class))
                .isEmpty();
    }

    @Test
    void thePagesUseNoQueueAndSendNoMailAndDoNotSweep() {
        assertThat(service(Role.PAGES).calls().requests(SqsRequest.class)).isEmpty();
        assertThat(service(Role.PAGES).context().getBean(InputStatuses.class).now())
                .isEmpty();
        assertThat(service(Role.PAGES).context().getBeansOfType(Relay.class)).isEmpty();
        assertThat(service(Role.PAGES).context().getBeansOfType(SweepSchedule.class))
                .isEmpty();
        assertThat(service(Role.PAGES).publicPort()).isEqualTo(surroundings.attachePort());
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"WORKER", "CONSOLE"})
    void withoutThePagesThereIsNoPublicPortAndNoPage(Role role) {
        assertThat(service(role).publicPort()).isEqualTo(-1);
        assertThat(Arrays.stream(service(role).context().getBeanDefinitionNames())
                        .map(name -> service(role).context().getType(name))
                        .filter(type -> type != null && type.getPackageName().startsWith("dev.attache.gateway."))
                        .toList())
                .allMatch(type -> type.getSimpleName().endsWith("Properties"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"WORKER", "PAGES"})
    void withoutTheConsoleThereAreNoAddressesOfIt(Role role) {
        for (String path : List.of("/ops", "/ops/sign-in", "/ops/api/queues")) {
            HttpResponse<byte[]> answer = Recipients.send(
                    HttpRequest.newBuilder(URI.create(service(role).managementOrigin() + path))
                            .header("Authorization", ConsoleClient.basic("sandbox", "sandbox"))
                            .build());

            assertThat(answer.statusCode()).as(path).isIn(401, 403, 404);
        }
        assertThat(Arrays.stream(service(role).context().getBeanDefinitionNames())
                        .map(name -> service(role).context().getType(name))
                        .filter(type -> type != null && type.getPackageName().startsWith("dev.attache.console"))
                        .toList())
                .allMatch(type -> type.getSimpleName().endsWith("Properties"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void healthHasTheComponentsOfTheRoleAndIsUp(Role role) throws IOException {
        JsonNode health = service(role).json("/actuator/health", "sandbox");

        assertThat(health.path("status").asString()).as(health.toString()).isEqualTo("UP");
        assertThat(health.path("components").propertyNames()).containsExactlyInAnyOrderElementsOf(documented(role));
        assertThat(service(role)
                        .json("/actuator/health/readiness", "sandbox")
                        .path("status")
                        .asString())
                .isEqualTo("UP");
    }

    /** From the table of health in docs/operations.md. */
    private static Set<String> documented(Role role) throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        String section = page.substring(page.indexOf("\n## Health"), page.indexOf("\n## Meters"));
        Set<String> components = new TreeSet<>();
        Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]+) \\|")
                .matcher(section)
                .results()
                .forEach(row -> {
                    if (row.group(2).equals("all")
                            || List.of(row.group(2).split(", ")).contains(role.setting())) {
                        Arrays.stream(row.group(1).split(", ")).forEach(name -> components.add(name.replace("`", "")));
                    }
                });
        return components;
    }

    @Test
    void eachMeterIsThatOfAProcessThatKnowsItsValue() {
        // An alarm about dead letters must not depend on a console.
        for (Role role : List.of(Role.WORKER, Role.CONSOLE)) {
            await("sampled").atMost(SOON).until(() -> service(role).meters().contains("attache.dead.letters"));
            assertThat(service(role).json("/actuator/queues", "sandbox").has(REQUESTS))
                    .isTrue();
        }

        assertThat(service(Role.WORKER).meters())
                .contains("attache.input.running", "attache.mail.rate", "attache.uploads.open")
                .doesNotContain("attache.pages.refused");
        assertThat(service(Role.PAGES).meters())
                .contains("attache.downloads", "attache.clock.offset")
                .doesNotContain(
                        "attache.dead.letters",
                        "attache.queue.messages",
                        "attache.input.running",
                        "attache.mail.rate",
                        "attache.uploads.open");
        assertThat(service(Role.CONSOLE).meters())
                .contains("attache.queue.messages")
                .doesNotContain("attache.input.running", "attache.mail.rate", "attache.uploads.open");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void anyTwoRolesStartTogether(Role missing) {
        Set<Role> two = EnumSet.complementOf(EnumSet.of(missing));

        Service both = Service.start(
                two, Map.of("server.port", "0", "spring.cloud.stream.default.consumer.auto-startup", "false"));

        try (ConfigurableApplicationContext context = both.context()) {
            assertThat(context.getBean(Roles.class).all()).isEqualTo(two);
            assertThat(both.publicPort() > 0).isEqualTo(missing != Role.PAGES);
            assertThat(context.getBean(InputStatuses.class).now().isEmpty()).isEqualTo(missing == Role.WORKER);
            assertThat(context.getBeansOfType(Tasks.class).isEmpty()).isEqualTo(missing == Role.CONSOLE);
            assertThat(both.json("/actuator/health", "sandbox").path("status").asString())
                    .isEqualTo("UP");
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aProcessKnowsItsRole(Role role) {
        assertThat(service(role).context().getBean(Roles.class).all()).containsExactly(role);
    }
}

package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Mailbox;
import dev.attache.testing.Promtool;
import dev.attache.testing.RequiresPromtool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;

/** Every alarm and every query of the dashboard finds its series in what a worker tells Prometheus. */
@DedicatedAwsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoredWorkerIT {

    /** Prometheus adds them to every series. */
    private static final Set<String> OF_TARGET = Set.of("instance", "job");

    private static final String OPERATIONS = Alarms.text(Path.of("docs/operations.md"));

    /** With the codes of rejections. */
    private static final String DOCUMENTATION = OPERATIONS + Alarms.text(Path.of("docs/reliability.md"));

    private static final Pattern DOCUMENTED = Pattern.compile("(?ms)^```promql\n(.*?)^```");

    /** Prometheus creates it for every target. */
    private static final String UP = "up";

    private DedicatedAws aws;

    private ConfigurableApplicationContext worker;

    private final HttpClient http = HttpClient.newHttpClient();

    private Scrape scrape;

    @BeforeAll
    void causeTraffic() throws Exception {
        aws = DedicatedAws.start(Duration.ofSeconds(30));
        worker = InProcessWorker.start(
                aws.surroundings(), Map.of("attache.queues.sample-interval", "200ms"), new ReceiveRecorder());
        String address = "someone-" + UUID.randomUUID() + "@example.com";
        aws.surroundings()
                .clients()
                .s3()
                .putObject(
                        put -> put.bucket(aws.surroundings().bucket()).key("downloads/crm/file.pdf"),
                        RequestBody.fromString("content"));
        aws.upstream().send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested",
             "time":"2026-11-27T10:00:00Z","datacontenttype":"application/json",
             "data":{"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"downloads/crm/file.pdf"}}}\
            """.formatted(UUID.randomUUID(), address));
        aws.upstream().send("purchases-completed", "{}");
        String link =
                new Mailbox(aws.surroundings().mail()).await(address).links().getFirst();
        String page = "http://localhost:" + worker.getEnvironment().getRequiredProperty("local.server.port")
                + URI.create(link).getPath();
        get(page, "");
        http.send(
                HttpRequest.newBuilder(URI.create(page))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("item=0"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        // The meter of memory after a collection, and that of its pauses, need one.
        System.gc();
        scrape = await("what happened is in the meters")
                .until(
                        () -> Scrape.of(get(managementUrl("/actuator/prometheus"), "sandbox:sandbox")),
                        now -> now.hasValue("attache_dead_letters", "queue", "purchases-completed-dlq")
                                && now.hasValue("attache_messages_total", "outcome", "rejected")
                                && now.hasValue("attache_messages_total", "queue", "email-deliveries")
                                && now.labels().containsKey("jvm_gc_pause_seconds_sum"));
    }

    @AfterAll
    void stop() {
        http.close();
        worker.close();
        aws.close();
    }

    private String managementUrl(String path) {
        return "http://localhost:" + worker.getEnvironment().getRequiredProperty("local.management.port") + path;
    }

    private String get(String url, String credentials) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!credentials.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Of alarms, the dashboard and the documentation. */
    private static Stream<String> queries() {
        return Stream.of(
                        Alarms.expressions().stream(),
                        Dashboard.queries().stream().map(Dashboard.Query::expression),
                        DOCUMENTED.matcher(OPERATIONS).results().map(block -> block.group(1)))
                .flatMap(queries -> queries);
    }

    private static List<Selector> selectors() {
        return queries()
                .flatMap(query -> Selector.in(query).stream())
                .filter(selector ->
                        !selector.metric().equals(UP) && !Alarms.recorded().contains(selector.metric()))
                .distinct()
                .toList();
    }

    @Test
    void everyMetricAndLabelOfAlarmsAndDashboardIsInTheScrape() {
        Map<String, Set<String>> labels = scrape.labels();

        assertThat(selectors()).isNotEmpty().allSatisfy(selector -> {
            assertThat(labels).containsKey(selector.metric());
            assertThat(labels.get(selector.metric()))
                    .containsAll(selector.matchers().stream()
                            .map(Selector.Matcher::label)
                            .filter(label -> !OF_TARGET.contains(label))
                            .toList());
        });
    }

    @Test
    void everyLabelThatAQueryGroupsByIsALabelOfItsMetrics() {
        Map<String, Set<String>> labels = scrape.labels();
        Map<String, Set<String>> recorded = Map.of(
                "attache:queue_messages:max", Set.of("queue", "kind", "state"),
                "attache:dead_letters:max", Set.of("queue", "kind"),
                "attache:messages_done:rate5m", Set.of("queue"));
        assertThat(recorded).containsOnlyKeys(Alarms.recorded());

        assertThat(queries()).allSatisfy(query -> {
            Set<String> known = new TreeSet<>(OF_TARGET);
            Selector.in(query)
                    .forEach(selector -> known.addAll(recorded.getOrDefault(
                            selector.metric(), labels.getOrDefault(selector.metric(), Set.of()))));
            assertThat(known).containsAll(Selector.groupedBy(query));
        });
    }

    /** Some, such as that of an unexpected failure, do not occur here. */
    @Test
    void everyValueOfALabelIsInTheScrapeOrInTheDocumentation() {
        assertThat(selectors())
                .allSatisfy(selector -> selector.matchers()
                        .forEach(matcher -> matcher.values()
                                .forEach(value -> assertThat(scrape.hasValue(selector.metric(), matcher.label(), value)
                                                || DOCUMENTATION.contains("`" + value + "`"))
                                        .as("%s of %s", value, selector)
                                        .isTrue())));
    }

    /** With any value of each label, and without the conditions of alarms, so that nothing has to be wrong. */
    @Test
    @RequiresPromtool
    void everyQueryFindsSeries(@TempDir Path folder) throws IOException {
        List<String> operands = queries().flatMap(Selector::operands).distinct().toList();
        List<String> tests = new ArrayList<>();
        operands.forEach(operand -> tests.add("- {eval_time: 15m, expr: '"
                + operand.replace("'", "''").replace("\n", " ") + "', exp_samples: [{labels: none, value: 1}]}"));
        Files.copy(Alarms.RULES, folder.resolve("rules.yaml"));
        Path test = Files.writeString(folder.resolve("scrape.yaml"), """
            rule_files: [rules.yaml]
            evaluation_interval: 1m
            tests:
            - interval: 1m
              input_series:
            %s
              - {series: 'up{instance="a", job="attache"}', values: '1x20'}
              promql_expr_test:
            %s
            """.formatted(
                        indented(scrape.asInput()), indented(String.join("\n", tests))));

        // Every test fails, because it expects a series that does not exist, and states what was found instead.
        Promtool.Run run = Promtool.run("test", "rules", test.toString());

        assertThat(run.output()).contains("exp: {__name__=\"none\"} 1E+00");
        assertThat(run.output().split(Pattern.quote("exp: {__name__=\"none\"}"), -1))
                .hasSize(operands.size() + 1);
        assertThat(run.output().replace("\n", " ")).doesNotContain("got: nil");
    }

    private static String indented(String lines) {
        return lines.indent(2).stripTrailing();
    }
}

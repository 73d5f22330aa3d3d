package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.EventType;
import dev.attache.contract.value.Link;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Compares the tables in docs/operations.md with what a worker shows at /actuator/prometheus after some traffic. */
@SandboxTest
@Tag("conditional-writes")
@Tag("notifications")
class MetersDocumentedIT {

    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| `(attache\\.[a-z.]+)` \\| (counter|gauge|timer|summary)(?:, ([a-z]+))? \\| ([^|]+) \\|");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (attache_\\w+) (\\w+)$");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(attache_\\w+)(?:\\{([^}]*)})? ");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private static final byte[] CONTENT = {1, 2, 3};

    @Autowired
    Surroundings surroundings;

    @Autowired
    Upstream upstream;

    @Autowired
    Mailbox mailbox;

    /**
     * A row of a table.
     *
     * @param tags the names of the tags, each with its values; without values if the page does not list all
     */
    private record Documented(String name, String type, String unit, Map<String, Set<String>> tags) {

        static Documented of(MatchResult row) {
            Map<String, Set<String>> tags = new TreeMap<>();
            for (String part : row.group(4).split(";")) {
                List<String> codes = CODE.matcher(part.split(":", 2)[0])
                        .results()
                        .map(code -> code.group(1))
                        .toList();
                if (!codes.isEmpty()) {
                    Set<String> values = new TreeSet<>();
                    boolean complete = part.contains(":") && !part.matches(".*or why not(?!:).*");
                    if (complete) {
                        CODE.matcher(part.split(":", 2)[1]).results().forEach(code -> values.add(code.group(1)));
                    }
                    codes.forEach(code -> tags.put(code, values));
                }
            }
            return new Documented(row.group(1), row.group(2), row.group(3) == null ? "" : row.group(3), tags);
        }

        /** The name in a scrape, as Micrometer converts it. */
        String scraped() {
            String base = name.replace('.', '_');
            return switch (type) {
                case "timer" -> base + "_seconds";
                case "counter" -> base + (unit.isEmpty() ? "" : "_" + unit) + "_total";
                default -> base + (unit.isEmpty() ? "" : "_" + unit);
            };
        }
    }

    @BeforeEach
    void traffic() {
        String id = Events.newId();
        String ana = Recipients.someone();
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"upload","channel":"event","notify":["%s"],"expiresIn":"PT10M",
             "upload":{"contentTypes":["image/png"],"contentLength":%d,"fileName":"avatar.png"}}\
            """.formatted(ana, CONTENT.length)));
        Link put = Events.read(upstream.awaitContaining("deliveries-inbox", id), EventType.LINK_ISSUED)
                .data()
                .links()
                .getFirst();
        assertThat(Recipients.put(put.url().reveal(), put.headers(), CONTENT).statusCode())
                .isEqualTo(200);
        String page = mailbox.await(ana).links().getFirst();
        assertThat(Recipients.download(page, 0).statusCode()).isEqualTo(200);
    }

    private static List<Documented> documented() throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        String section = page.substring(page.indexOf("\n## Meters"), page.indexOf("\n## Traces"));
        return ROW.matcher(section).results().map(Documented::of).toList();
    }

    private String scrape() {
        String credentials = Base64.getEncoder().encodeToString("sandbox:sandbox".getBytes(StandardCharsets.UTF_8));
        return new String(
                Recipients.send(HttpRequest.newBuilder(
                                        URI.create(surroundings.managementOrigin() + "/actuator/prometheus"))
                                .header("Authorization", "Basic " + credentials)
                                .build())
                        .body(),
                StandardCharsets.UTF_8);
    }

    /** The names of all families, except for the maximum that comes with each timer and summary. */
    private static Map<String, String> families(String scrape) {
        Map<String, String> families = new TreeMap<>();
        TYPE.matcher(scrape)
                .results()
                .filter(type -> !type.group(1).endsWith("_max"))
                .forEach(type -> families.put(type.group(1), type.group(2)));
        return families;
    }

    @Test
    void everyMeterIsInTheTablesAndEveryRowOfTheTablesIsAMeter() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (Documented meter : documented()) {
            documented.put(meter.scraped(), meter.type());
        }
        Map<String, String> scraped = families(scrape());
        scraped.replaceAll((name, type) -> switch (type) {
            case "summary", "histogram" -> name.endsWith("_seconds") ? "timer" : "summary";
            default -> type;
        });

        assertThat(documented).isEqualTo(scraped);
    }

    @Test
    void theTablesListTheTagsOfEveryMeterAndTheirValues() throws IOException {
        String scrape = scrape();
        for (Documented meter : documented()) {
            Map<String, Set<String>> scraped = labels(scrape, meter.scraped());
            assertThat(scraped.keySet()).as(meter.name()).isEqualTo(meter.tags().keySet());
            meter.tags().forEach((tag, values) -> {
                if (!values.isEmpty()) {
                    assertThat(values).as("%s of %s", tag, meter.name()).containsAll(scraped.get(tag));
                }
            });
        }
    }

    /** The labels of the samples of a family, without the bounds of histograms. */
    private static Map<String, Set<String>> labels(String scrape, String family) {
        Set<String> names = new TreeSet<>(
                Arrays.asList(family, family + "_count", family + "_sum", family + "_bucket", family + "_max"));
        Map<String, Set<String>> labels = new TreeMap<>();
        SAMPLE.matcher(scrape)
                .results()
                .filter(sample -> names.contains(sample.group(1)) && sample.group(2) != null)
                .forEach(sample -> LABEL.matcher(sample.group(2))
                        .results()
                        .filter(label -> !label.group(1).equals("le"))
                        .forEach(label -> labels.computeIfAbsent(label.group(1), any -> new TreeSet<>())
                                .add(label.group(2))));
        return labels;
    }
}

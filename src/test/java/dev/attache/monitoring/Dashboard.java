package dev.attache.monitoring;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard for Grafana, in {@code infra/monitoring}. */
final class Dashboard {

    private static final Path FILE = Path.of("infra/monitoring/grafana-dashboard.json");

    private Dashboard() {}

    /**
     * A query of a panel.
     *
     * @param expression with a range in place of Grafana's variable
     * @param legend the text for each series, with labels in double braces
     */
    record Query(String panel, String expression, String legend) {}

    static JsonNode json() {
        return JsonMapper.shared().readTree(Alarms.text(FILE));
    }

    static Stream<JsonNode> panels() {
        return json().path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asString().equals("row"));
    }

    static List<Query> queries() {
        return panels().flatMap(panel -> panel.path("targets")
                        .valueStream()
                        .map(target -> new Query(
                                panel.path("title").asString(),
                                target.path("expr").asString().replace("$__rate_interval", "5m"),
                                target.path("legendFormat").asString())))
                .toList();
    }
}

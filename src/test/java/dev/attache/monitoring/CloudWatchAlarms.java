package dev.attache.monitoring;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The alarms for CloudWatch, which Terraform creates from {@code infra/terraform/modules/monitoring/alarms.yaml}. */
final class CloudWatchAlarms {

    static final Path MODULE = Path.of("infra/terraform/modules/monitoring");

    private static final Path FILE = MODULE.resolve("alarms.yaml");

    private CloudWatchAlarms() {}

    /**
     * A metric of CloudWatch.
     *
     * @param dimensions by name, the value or a word in braces that stands for it
     */
    record Metric(String namespace, String name, String stat, Map<String, String> dimensions) {}

    /**
     * An alarm.
     *
     * @param each what an alarm exists for each of
     * @param runbook the heading's anchor in the runbook
     * @param metrics by the id that the expression uses
     * @param expression absent if the alarm watches its only metric
     * @param period in seconds
     * @param threshold a number, or the name of a variable of the module
     * @param missing what a period without data counts as
     */
    record Alarm(
            String name,
            String each,
            String severity,
            String summary,
            String description,
            String runbook,
            Map<String, Metric> metrics,
            Optional<String> expression,
            int period,
            int periods,
            String comparison,
            Object threshold,
            String missing) {

        /** What is compared with the threshold. */
        String watched() {
            return expression.orElseGet(() -> metrics.keySet().iterator().next());
        }
    }

    @SuppressWarnings("unchecked") // The format is explained in the file itself.
    static List<Alarm> all() {
        return ((List<Map<String, Object>>) Alarms.yaml(FILE).get("alarms"))
                .stream().map(CloudWatchAlarms::alarm).toList();
    }

    @SuppressWarnings("unchecked")
    private static Alarm alarm(Map<String, Object> it) {
        return new Alarm(
                (String) it.get("name"),
                (String) it.get("each"),
                (String) it.get("severity"),
                (String) it.get("summary"),
                (String) it.get("description"),
                (String) it.get("runbook"),
                metrics((Map<String, Map<String, Object>>) it.get("metrics")),
                Optional.ofNullable((String) it.get("expression")),
                (Integer) it.get("period"),
                (Integer) it.get("periods"),
                (String) it.get("comparison"),
                it.get("threshold"),
                (String) it.get("missing"));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Metric> metrics(Map<String, Map<String, Object>> metrics) {
        Map<String, Metric> all = new LinkedHashMap<>();
        metrics.forEach((id, it) -> all.put(
                id, new Metric((String) it.get("namespace"), (String) it.get("name"), (String) it.get("stat"), (Map<
                                String, String>)
                        it.get("dimensions"))));
        return all;
    }
}

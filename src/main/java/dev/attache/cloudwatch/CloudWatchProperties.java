package dev.attache.cloudwatch;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of meters in CloudWatch.
 *
 * @param enabled whether they are sent
 * @param namespace of the metrics; also the condition of the permission to send them
 */
@ConfigurationProperties("attache.cloudwatch")
record CloudWatchProperties(
        boolean enabled, @DefaultValue("Attache") String namespace) {

    /** Amazon CloudWatch API Reference, "PutMetricData". */
    private static final Pattern NAMESPACE = Pattern.compile("[0-9A-Za-z.\\-_/#]{1,255}");

    CloudWatchProperties {
        if (!NAMESPACE.matcher(namespace).matches() || namespace.startsWith("AWS/")) {
            throw new IllegalArgumentException(
                    ("attache.cloudwatch.namespace is '%s', but must consist of 1 to 255 letters, "
                                    + "digits and ./_-#, and must not begin with AWS/")
                            .formatted(namespace));
        }
    }
}

package dev.attache.binder.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The prefixes of the binder's message attributes and meters, and its health, under
 * {@code spring.cloud.stream.sqs.binder}.
 *
 * @param deadLetterAttributePrefix the beginning of the names of the message attributes that the binder adds to a dead
 *     letter, such as {@code dead-letter-code}. When such a message is redriven and rejected again, attributes with
 *     this prefix are replaced. {@code AWS.} and {@code Amazon.} are reserved (Amazon SQS Developer Guide, "Amazon SQS
 *     message attributes")
 * @param meterPrefix the beginning of the names of the binder's meters, such as {@code sqs.messages}
 * @param pollOverdueAfter the binder's health is down if an input may receive, and no receive has succeeded for this
 *     time; longer than the poll timeout of each input
 */
@ConfigurationProperties("spring.cloud.stream.sqs.binder")
public record SqsBinderProperties(
        @DefaultValue("dead-letter-") String deadLetterAttributePrefix,

        @DefaultValue("sqs.") String meterPrefix,

        @DefaultValue("90s") Duration pollOverdueAfter) {

    private static final Pattern ATTRIBUTE_PREFIX = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}");

    public SqsBinderProperties {
        String lowerCase = deadLetterAttributePrefix.toLowerCase(Locale.ROOT);
        if (!ATTRIBUTE_PREFIX.matcher(deadLetterAttributePrefix).matches()
                || lowerCase.startsWith("aws.")
                || lowerCase.startsWith("amazon.")) {
            throw new IllegalArgumentException(
                    "spring.cloud.stream.sqs.binder.dead-letter-attribute-prefix is '" + deadLetterAttributePrefix
                            + "', but must be 1 to 100 letters, digits, hyphens, underscores or periods, must not"
                            + " start with a period or contain two in a row, and must not start with AWS. or Amazon.,"
                            + " which SQS reserves");
        }
    }
}

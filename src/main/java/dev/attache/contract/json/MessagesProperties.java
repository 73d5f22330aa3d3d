package dev.attache.contract.json;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of inbound messages.
 *
 * @param maxSize the largest body that is parsed; at least {@code 256KB}, because the worker's own messages may have
 *     that size, and at most {@code 1MB}, the limit of SQS (Amazon SQS Developer Guide, "Amazon SQS message quotas")
 */
@ConfigurationProperties("attache.messages")
record MessagesProperties(@DefaultValue("256KB") DataSize maxSize) {

    static final String MAX_SIZE = "attache.messages.max-size";

    static final DataSize LEAST = DataSize.ofKilobytes(256);

    private static final DataSize MOST = DataSize.ofMegabytes(1);

    MessagesProperties {
        if (maxSize.compareTo(LEAST) < 0 || maxSize.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    ("%s is %dB, but must be between 256KB, which the worker's own messages need, and"
                                    + " 1MB, the limit of SQS")
                            .formatted(MAX_SIZE, maxSize.toBytes()));
        }
    }
}

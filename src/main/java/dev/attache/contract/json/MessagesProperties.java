package dev.attache.contract.json;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What messages are read.
 *
 * @param maxSize the largest body that is parsed. Not below {@code 256KB}, for the parts of large audiences that the
 *     worker sends to itself must be read; nor above {@code 1MB}, the most that SQS takes (Amazon SQS Developer Guide,
 *     "Amazon SQS message quotas")
 */
@ConfigurationProperties("attache.messages")
record MessagesProperties(@DefaultValue("256KB") DataSize maxSize) {

    static final String MAX_SIZE = "attache.messages.max-size";

    static final DataSize LEAST = DataSize.ofKilobytes(256);

    private static final DataSize MOST = DataSize.ofMegabytes(1);

    MessagesProperties {
        if (maxSize.compareTo(LEAST) < 0 || maxSize.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    ("%s is %dB, but has to be between 256KB, which the worker's own messages need, and"
                                    + " 1MB, the most that SQS takes")
                            .formatted(MAX_SIZE, maxSize.toBytes()));
        }
    }
}

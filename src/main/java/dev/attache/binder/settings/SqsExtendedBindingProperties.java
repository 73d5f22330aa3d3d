package dev.attache.binder.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.stream.binder.AbstractExtendedBindingProperties;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;
import org.springframework.util.unit.DataSize;

/** The binder's own settings of all bindings. */
@ConfigurationProperties("spring.cloud.stream.sqs")
public class SqsExtendedBindingProperties
        extends AbstractExtendedBindingProperties<SqsConsumerProperties, SqsProducerProperties, SqsBindingProperties> {

    private static final long LEAST_MEGABYTES = 4;

    /**
     * How many bytes of received messages may be in memory, over all inputs together. It bounds memory with
     * {@code max-in-flight}, for a message may be as small as 300 bytes and as large as 256 KiB.
     */
    private DataSize maxBytesInFlight = DataSize.ofMegabytes(24);

    public DataSize getMaxBytesInFlight() {
        return maxBytesInFlight;
    }

    public void setMaxBytesInFlight(DataSize maxBytesInFlight) {
        if (maxBytesInFlight.toMegabytes() < LEAST_MEGABYTES) {
            throw new IllegalArgumentException(
                    "spring.cloud.stream.sqs.max-bytes-in-flight is " + maxBytesInFlight + ", but must be at least "
                            + LEAST_MEGABYTES + "MB: all inputs share it, and one message may have 256 KiB");
        }
        this.maxBytesInFlight = maxBytesInFlight;
    }

    @Override
    public String getDefaultsPrefix() {
        return "spring.cloud.stream.sqs.default";
    }

    @Override
    public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
        return SqsBindingProperties.class;
    }
}

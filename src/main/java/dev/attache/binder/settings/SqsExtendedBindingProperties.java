package dev.attache.binder.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.stream.binder.AbstractExtendedBindingProperties;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;
import org.springframework.util.unit.DataSize;

/** The binder's settings for all bindings. */
@ConfigurationProperties("spring.cloud.stream.sqs")
public class SqsExtendedBindingProperties
        extends AbstractExtendedBindingProperties<SqsConsumerProperties, SqsProducerProperties, SqsBindingProperties> {

    private static final long LEAST_MEGABYTES = 4;

    /**
     * The largest size of received messages in memory, for all inputs together. {@code max-in-flight} alone does not
     * limit memory, because messages differ in size.
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

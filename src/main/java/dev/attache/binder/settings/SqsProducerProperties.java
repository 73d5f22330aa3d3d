package dev.attache.binder.settings;

import java.util.List;

/**
 * What an output may be told, under {@code spring.cloud.stream.sqs.bindings.<name>.producer} or, for all outputs, under
 * {@code spring.cloud.stream.sqs.default.producer}.
 */
public class SqsProducerProperties {

    /** The headers that leave as message attributes, by their names; every other header stays here. At most ten. */
    private List<String> attributes = List.of();

    public List<String> getAttributes() {
        return attributes;
    }

    public void setAttributes(List<String> attributes) {
        this.attributes = List.copyOf(attributes);
    }
}

package dev.attache.binder.settings;

import java.util.List;

/**
 * The settings of an output, under {@code spring.cloud.stream.sqs.bindings.<name>.producer} or, for all outputs, under
 * {@code spring.cloud.stream.sqs.default.producer}.
 */
public class SqsProducerProperties {

    /** The names of the headers that become message attributes, at most ten. Other headers are not sent. */
    private List<String> attributes = List.of();

    public List<String> getAttributes() {
        return attributes;
    }

    public void setAttributes(List<String> attributes) {
        this.attributes = List.copyOf(attributes);
    }
}

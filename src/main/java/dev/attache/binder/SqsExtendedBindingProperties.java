package dev.attache.binder;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.stream.binder.AbstractExtendedBindingProperties;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;

/** The binder's own settings of all bindings. */
@ConfigurationProperties("spring.cloud.stream.sqs")
public class SqsExtendedBindingProperties
        extends AbstractExtendedBindingProperties<SqsConsumerProperties, SqsProducerProperties, SqsBindingProperties> {

    @Override
    public String getDefaultsPrefix() {
        return "spring.cloud.stream.sqs.default";
    }

    @Override
    public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
        return SqsBindingProperties.class;
    }
}

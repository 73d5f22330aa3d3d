package dev.attache.contract.json;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventEditor;
import dev.attache.tracing.ContextualEventCodec;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Creates the codec, of which there is one, and the editor. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MessagesProperties.class)
class ContractConfiguration {

    @Bean
    EventCodec eventCodec(final MessagesProperties messages) {
        return new ContextualEventCodec(new JsonEventCodec(messages.maxSize()));
    }

    @Bean
    EventEditor eventEditor(final MessagesProperties messages) {
        return new JsonEventEditor(messages.maxSize());
    }
}

package dev.attache.contract;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the one codec of the worker. */
@Configuration(proxyBeanMethods = false)
class ContractConfiguration {

    @Bean
    EventCodec eventCodec() {
        return new JsonEventCodec();
    }
}

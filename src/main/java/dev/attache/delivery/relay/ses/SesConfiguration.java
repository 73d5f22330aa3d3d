package dev.attache.delivery.relay.ses;

import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes Amazon SES available as a transport. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SesProperties.class)
class SesConfiguration {

    @Bean
    SesTransportFactory sesTransportFactory(ObjectProvider<AwsClientBuilderConfigurer> aws, SesProperties properties) {
        return new SesTransportFactory(aws, properties.configurationSet());
    }
}

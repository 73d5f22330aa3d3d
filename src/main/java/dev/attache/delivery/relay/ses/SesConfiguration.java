package dev.attache.delivery.relay.ses;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes Amazon SES available as a transport. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SesProperties.class)
@ConditionalOnRole(Role.WORKER)
class SesConfiguration {

    @Bean
    SesTransportFactory sesTransportFactory(ObjectProvider<AwsClientBuilderConfigurer> aws, SesProperties properties) {
        return new SesTransportFactory(aws, properties.configurationSet());
    }
}

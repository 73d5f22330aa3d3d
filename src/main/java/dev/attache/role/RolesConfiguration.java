package dev.attache.role;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The roles of this process. */
@Configuration(proxyBeanMethods = false)
class RolesConfiguration {

    @Bean
    Roles roles(Environment environment) {
        return Roles.of(environment);
    }
}

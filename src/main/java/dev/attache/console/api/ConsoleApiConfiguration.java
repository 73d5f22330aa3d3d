package dev.attache.console.api;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * The frame of {@code /ops/api} in the context of the management port. It is listed in
 * {@code ManagementContextConfiguration.imports} and is not a {@code Configuration}, so that component scans of the
 * application do not find it.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnRole(Role.CONSOLE)
class ConsoleApiConfiguration {

    @Bean
    HandlerExceptionResolver apiProblemResolver() {
        return new ApiProblemResolver();
    }

    /** Unknown fields of bodies are refused. */
    @Bean
    WebMvcConfigurer apiConverters() {
        return new WebMvcConfigurer() {

            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.withJsonConverter(ApiJson.converter());
            }
        };
    }

    @Bean
    MappedInterceptor apiParameters() {
        return ApiParameters.interceptor();
    }
}

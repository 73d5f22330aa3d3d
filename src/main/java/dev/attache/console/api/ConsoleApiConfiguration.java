package dev.attache.console.api;

import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * The frame of {@code /ops/api} in the context of the management port. It is listed in
 * {@code ManagementContextConfiguration.imports} and is not a {@code Configuration}, so that component scans of the
 * application do not find it.
 */
public class ConsoleApiConfiguration {

    @Bean
    static HandlerExceptionResolver apiProblemResolver() {
        return new ApiProblemResolver();
    }

    @Bean
    static MappedInterceptor apiParameters() {
        return ApiParameters.interceptor();
    }
}

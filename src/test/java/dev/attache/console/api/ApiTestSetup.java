package dev.attache.console.api;

import dev.attache.console.ConsoleController;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.test.web.servlet.setup.StandaloneMockMvcBuilder;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Sets up controllers as the management port does, with the frame of {@code /ops/api}. */
public final class ApiTestSetup {

    private ApiTestSetup() {}

    /** Console controllers are no stereotypes of Spring. */
    private static final class ConsoleMapping extends RequestMappingHandlerMapping {

        @Override
        protected boolean isHandler(Class<?> type) {
            return type.isAnnotationPresent(ConsoleController.class);
        }
    }

    /** @param pages resolves the failures that the API's own resolver leaves */
    public static StandaloneMockMvcBuilder of(StandaloneMockMvcBuilder controllers, HandlerExceptionResolver pages) {
        StringHttpMessageConverter html = new StringHttpMessageConverter(StandardCharsets.UTF_8);
        html.setSupportedMediaTypes(List.of(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8), MediaType.ALL));
        return controllers
                .setCustomHandlerMapping(ConsoleMapping::new)
                .setMessageConverters(html, ApiJson.converter())
                .setHandlerExceptionResolvers(new ApiProblemResolver(), pages)
                .addMappedInterceptors(
                        new String[] {ApiProblemResolver.PATHS},
                        ApiParameters.interceptor().getInterceptor());
    }
}

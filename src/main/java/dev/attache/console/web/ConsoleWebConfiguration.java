package dev.attache.console.web;

import dev.attache.audit.AuditLog;
import dev.attache.console.ConsoleAssets;
import dev.attache.console.ConsoleController;
import dev.attache.console.ConsoleFormat;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblems;
import dev.attache.console.access.BodyLimitFilter;
import dev.attache.console.access.SignInPage;
import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueMonitor;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Serves each {@link ConsoleController} at the management port, which has a context of its own. Like each configuration
 * with console controllers it is named in
 * {@code META-INF/spring/org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration.imports},
 * and is no {@code @Configuration}: a component scan would serve them at the port of the pages. If both ports are the
 * same, there is no console.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnRole(Role.CONSOLE)
class ConsoleWebConfiguration {

    /** Spring MVC's own mapping knows {@code @Controller} only. */
    @Bean
    RequestMappingHandlerMapping consoleHandlerMapping() {
        RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping() {

            @Override
            protected boolean isHandler(Class<?> type) {
                return AnnotatedElementUtils.hasAnnotation(type, ConsoleController.class);
            }
        };
        mapping.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return mapping;
    }

    @Bean
    HandlerExceptionResolver consoleExceptionResolver(ConsoleProblems problems) {
        return new ConsoleExceptionResolver(problems);
    }

    @Bean
    WebMvcConfigurer consoleArguments() {
        return new WebMvcConfigurer() {

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new OperatorArgument());
            }

            // A string is HTML, unless another type was asked for.
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                StringHttpMessageConverter strings = new StringHttpMessageConverter(StandardCharsets.UTF_8);
                strings.setSupportedMediaTypes(List.of(
                        new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8),
                        MediaType.TEXT_PLAIN,
                        MediaType.ALL));
                converters.withStringConverter(strings);
            }
        };
    }

    /** The limit of the pages' port is smaller than a message in a form. The security filters refuse larger bodies. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> consoleFormSize() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setMaxPostSize(BodyLimitFilter.LARGE));
    }

    @Bean
    AssetController consoleAssetController(ConsoleAssets assets) {
        return new AssetController(assets);
    }

    @Bean
    SignInController consoleSignInController(SignInPage page) {
        return new SignInController(page);
    }

    @Bean
    UnknownPageController consoleUnknownPageController() {
        return new UnknownPageController();
    }

    @Bean
    QueuePauses consoleQueuePauses(QueueCatalog catalog, PauseFlags flags, AuditLog audit, Clock clock) {
        return new QueuePauses(catalog, flags, audit, clock);
    }

    @Bean
    QueueWords consoleQueueWords(ConsoleFormat format) {
        return new QueueWords(format);
    }

    @Bean
    QueuesController consoleQueuesController(
            ConsolePages pages, QueueMonitor monitor, QueueWords words, QueuePauses pauses) {
        return new QueuesController(pages, monitor, words, pauses);
    }

    @Bean
    AuditController consoleAuditController(ConsolePages pages, AuditLog audit) {
        return new AuditController(pages, audit);
    }

    @Bean
    ConsoleApiController consoleApiController(
            QueueMonitor monitor, QueueWords words, QueuePauses pauses, AuditLog audit) {
        return new ConsoleApiController(monitor, words, pauses, audit);
    }
}

package dev.attache.gateway.error;

import dev.attache.gateway.PageKind;
import dev.attache.gateway.PageWriter;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.util.List;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The error pages of the pages' port. The actuator's port keeps those of Spring Boot. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.PAGES)
class ErrorPageConfiguration {

    @Bean
    ErrorPages errorPages(PageWriter pages, List<PageKind> kinds) {
        return new ErrorPages(pages, kinds);
    }

    /** For the question about the whole server, which Tomcat answers before any valve. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverOptions() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.addLifecycleListener(event -> {
            if (Lifecycle.AFTER_INIT_EVENT.equals(event.getType())) {
                connector
                        .getProtocolHandler()
                        .setAdapter(new ServerOptionsAdapter(
                                connector.getProtocolHandler().getAdapter()));
            }
        }));
    }

    /** For the errors that Tomcat answers without a servlet, on the port of the pages. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorPageValve(ErrorPages errorPages) {
        return factory -> factory.addContextCustomizers(context -> {
            // Tomcat adds a valve of its own, unless there is one of this class.
            ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorPageValve.class.getName());
            context.getParent().getPipeline().addValve(new ErrorPageValve(errorPages));
        });
    }
}

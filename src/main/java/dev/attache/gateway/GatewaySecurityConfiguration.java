package dev.attache.gateway;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** The security filter chains that all kinds of pages share. Each kind of page adds its own. */
@Configuration(proxyBeanMethods = false)
class GatewaySecurityConfiguration {

    /**
     * Passes requests with any method on, so that each address can answer which ones it allows (405 with
     * {@code Allow}). The chains do not depend on the method, and Tomcat refuses TRACE.
     */
    @Bean
    HttpFirewall anyMethodFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** Style sheets, scripts and icons of the pages, and the error page that the server forwards to. */
    @Bean
    @Order(1)
    SecurityFilterChain pageAssets(HttpSecurity http) throws Exception {
        return PageSecurity.permitAll(http, "/assets/**", "/error");
    }

    /** Denies every path that no other chain matches. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain allOtherPaths(HttpSecurity http) throws Exception {
        return PageSecurity.denyAll(http);
    }
}

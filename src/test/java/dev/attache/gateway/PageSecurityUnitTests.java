package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

class PageSecurityUnitTests {

    /** A kind of page as the gateway's packages declare it. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class OneKindOfPage {

        @Bean
        @Order(1)
        SecurityFilterChain uploadPages(HttpSecurity http) throws Exception {
            return PageSecurity.permitAll(http, "/u/**");
        }
    }

    private static MockHttpServletResponse answer(String method, String path) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new WebApplicationContextRunner()
                .withUserConfiguration(OneKindOfPage.class, GatewaySecurityConfiguration.class)
                .run(context -> {
                    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
                    request.setServletPath(path);
                    context.getBean("springSecurityFilterChain", Filter.class)
                            .doFilter(request, response, new MockFilterChain());
                });
        return response;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/u/0123456789abcdef0123456789abcdef",
                "/u/0123456789abcdef0123456789abcdef/sign",
                "/assets/upload.js",
                "/error"
            })
    void thePathsOfPagesAreOpenWithoutCookiesAndReferrers(String path) {
        for (String method : new String[] {"GET", "POST", "PROPFIND"}) {
            MockHttpServletResponse answer = answer(method, path);

            assertThat(answer.getStatus()).isEqualTo(200);
            assertThat(answer.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.getCookies()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/elsewhere", "/actuator/health", "/uploads", "/assetsx", "/login", "/logout"})
    void everyPathThatNoChainPermitsIsDenied(String path) {
        for (String method : new String[] {"GET", "POST", "PROPFIND"}) {
            MockHttpServletResponse answer = answer(method, path);

            assertThat(answer.getStatus()).isEqualTo(403);
            assertThat(answer.getCookies()).isEmpty();
            assertThat(answer.getHeader("WWW-Authenticate")).isNull();
        }
    }
}

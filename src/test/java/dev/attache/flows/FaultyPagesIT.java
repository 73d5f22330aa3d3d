package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;

/** The pages of a worker as it is in production, without those of the sandbox, while a controller fails. */
@DedicatedAwsTest
class FaultyPagesIT {

    private static final String DETAIL = "secret detail";

    private static AwsUnderTest.Running aws;
    private static ConfigurableApplicationContext worker;

    /** A controller that reads the language of a request with the header {@code Fault} fails. */
    @Configuration(proxyBeanMethods = false)
    static class Faults {

        @Bean
        FilterRegistrationBean<Filter> faults() {
            FilterRegistrationBean<Filter> faults = new FilterRegistrationBean<>((request, response, chain) -> {
                String fault = ((HttpServletRequest) request).getHeader("Fault");
                chain.doFilter(
                        fault == null ? request : new FaultyRequest((HttpServletRequest) request, fault), response);
            });
            faults.setOrder(Ordered.LOWEST_PRECEDENCE);
            return faults;
        }
    }

    private static final class FaultyRequest extends HttpServletRequestWrapper {

        private final String fault;

        FaultyRequest(HttpServletRequest request, String fault) {
            super(request);
            this.fault = fault;
        }

        @Override
        public @Nullable String getHeader(String name) {
            failIfLanguage(name);
            return super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            failIfLanguage(name);
            return super.getHeaders(name);
        }

        private void failIfLanguage(String name) {
            if (!HttpHeaders.ACCEPT_LANGUAGE.equalsIgnoreCase(name)) {
                return;
            }
            if (fault.equals("error")) {
                throw new AssertionError(DETAIL);
            }
            throw new IllegalStateException(DETAIL);
        }
    }

    @BeforeAll
    static void startWorker() {
        aws = TestAws.dedicated();
        aws.provision();
        worker = DedicatedWorker.start(aws.surroundings(), Map.of(), Faults.class);
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
        aws.close();
    }

    private static HttpResponse<byte[]> send(String method, String path, String... headers) {
        String port = worker.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Recipients.send(request.build());
    }

    private static void assertPage(HttpResponse<byte[]> answer, int status, String heading) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("<main class=\"card notice\">", heading)
                .doesNotContain(DETAIL, "Exception", "dev.attache", "Whitelabel", "Tomcat", "\"timestamp\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/sandbox", "/u", "/d", "/favicon.ico", "/robots.txt", "/actuator"})
    void anAddressWithoutAPageHasAPageThatSaysSo(String path) {
        for (String accept : new String[] {"text/html", "application/json", "*/*"}) {
            assertPage(send("GET", path, "Accept", accept), 404, "There is nothing at this address");
        }
        assertPage(send("POST", path), 404, "There is nothing at this address");
    }

    /** An error that no handler expects, and an exception of the handler of exceptions. */
    @ParameterizedTest
    @CsvSource({"GET,/d/,error", "GET,/d/,exception", "POST,/d/,error", "GET,/u/,error", "GET,/u/,exception"})
    void aFaultOfAControllerHasAPageWithoutDetails(String method, String pages, String fault) {
        String path = pages.equals("/d/") ? pages + token() : pages + "0".repeat(32);

        assertPage(send(method, path, "Fault", fault), 500, "This does not work right now");
    }

    /** Without the fault, the same request reaches the end of the controller. */
    @Test
    void theSameRequestsHaveOtherAnswersWithoutAFault() {
        assertPage(send("GET", "/d/" + token()), 404, "Not ready yet");
        assertPage(send("GET", "/u/" + "0".repeat(32)), 404, "We do not know this link");
    }

    private static String token() {
        return worker.getBean("pageTokens", PageTokens.class).token(new DeliveryKey(1, 2, new UUID(3, 4)), 0);
    }
}

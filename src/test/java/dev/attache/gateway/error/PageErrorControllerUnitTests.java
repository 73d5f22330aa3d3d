package dev.attache.gateway.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageKind;
import dev.attache.gateway.PageOrigins;
import dev.attache.gateway.TestPages;
import jakarta.servlet.RequestDispatcher;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class PageErrorControllerUnitTests {

    private final MockMvc server = MockMvcBuilders.standaloneSetup(new PageErrorController(
                    new ErrorPages(TestPages.writer(), List.of(new PageKind("/d/", Set.of("/call"), true)))))
            .addPlaceholderValue("spring.web.error.path", "/error")
            .addFilters(new PageHeaders(new PageOrigins(List.of(), List.of("https://s3.example"), List.of())))
            .build();

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return server.perform(request).andReturn().getResponse();
    }

    @ParameterizedTest
    @CsvSource({
        "400,This request could not be understood",
        "404,There is nothing at this address",
        "405,This request could not be understood",
        "415,This request could not be understood",
        "429,Too many requests",
        "500,This does not work right now",
        "503,This does not work right now"
    })
    void anErrorKeepsItsStatusAndGetsAPage(int status, String heading) throws Exception {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.valueOf("PROPFIND"))) {
            MockHttpServletResponse answer = answer(request(method, "/error")
                    .accept("application/json")
                    .requestAttr(RequestDispatcher.ERROR_STATUS_CODE, status));

            assertThat(answer.getStatus()).isEqualTo(status);
            assertThat(answer.getContentType()).isEqualTo("text/html;charset=UTF-8");
            assertThat(answer.getContentAsString()).contains(heading);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aDeniedAddressDoesNotExistForTheOutside(int status) throws Exception {
        MockHttpServletResponse answer =
                answer(request(HttpMethod.GET, "/error").requestAttr(RequestDispatcher.ERROR_STATUS_CODE, status));

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getHeader("WWW-Authenticate")).isNull();
        assertThat(answer.getContentAsString()).contains("There is nothing at this address");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /d/x      | GET, HEAD, POST, OPTIONS
        /d/x/call | POST, OPTIONS
        /assets/x | GET, HEAD, OPTIONS
        """)
    void aRefusedMethodIsAnsweredWithAllAllowedOnes(String path, String methods) throws Exception {
        MockHttpServletResponse answer = answer(request(HttpMethod.PUT, "/error")
                .requestAttr(RequestDispatcher.ERROR_STATUS_CODE, 405)
                .requestAttr(RequestDispatcher.ERROR_REQUEST_URI, path));

        assertThat(answer.getHeaders("Allow")).containsExactly(methods);
    }

    @ParameterizedTest
    @CsvSource({"408,TOO_SLOW", "429,TOO_MANY_REQUESTS", "500,TRY_AGAIN", "503,TRY_AGAIN"})
    void aCallOfAPagesScriptIsAnsweredWithAProblem(int status, String code) throws Exception {
        MockHttpServletResponse answer = answer(request(HttpMethod.GET, "/error")
                .requestAttr(RequestDispatcher.ERROR_METHOD, "POST")
                .requestAttr(RequestDispatcher.ERROR_STATUS_CODE, status)
                .requestAttr(RequestDispatcher.ERROR_REQUEST_URI, "/d/x/call"));

        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getContentAsString()).contains("\"code\":\"" + code + "\"", "\"status\":");
    }

    @Test
    void aDirectRequestIsForAnAddressWithoutAPage() throws Exception {
        assertThat(answer(request(HttpMethod.GET, "/error")).getStatus()).isEqualTo(404);
    }

    @Test
    void thePageIsInTheLanguageOfTheBrowser() throws Exception {
        assertThat(answer(request(HttpMethod.GET, "/error").header("Accept-Language", "fr"))
                        .getContentAsString())
                .contains("lang=\"fr\"", "Il n’y a rien à cette adresse");
    }

    @Test
    void itsHeadersReplaceThoseOfThePageThatFailed() throws Exception {
        MockHttpServletResponse answer = answer(request(HttpMethod.GET, "/error"));

        assertThat(answer.getHeaders("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "form-action 'none'")
                .doesNotContain("s3.example");
        assertThat(answer.getHeaders("Cache-Control")).containsExactly("no-store");
        assertThat(answer.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    }
}

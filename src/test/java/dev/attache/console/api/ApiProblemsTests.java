package dev.attache.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.core.exception.SdkException;

/** Every refused request to {@code /ops/api} gets a problem document that says how to mend it. */
class ApiProblemsTests {

    private final MockMvc api = MockMvcBuilders.standaloneSetup(new Things())
            .setMessageConverters(ApiJson.converter())
            .setHandlerExceptionResolvers(new ApiProblemResolver())
            .addMappedInterceptors(
                    new String[] {ApiProblemResolver.PATHS},
                    ApiParameters.interceptor().getInterceptor())
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Named.class, name = "named"))
    sealed interface Thing {}

    record Named(String name, int size, @Nullable Part part) implements Thing {

        Named {
            if (size > 9) {
                throw new IllegalArgumentException("size is more than 9");
            }
        }
    }

    record Part(String colour) {}

    @RestController
    static final class Things {

        @GetMapping("/ops/api/things")
        Paging.Page<String> things(
                @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
                @RequestParam(required = false) @Nullable String after) {
            return new Paging(limit, after).of(List.of("a", "b", "c"), name -> name);
        }

        @GetMapping("/ops/api/busy")
        String busy() {
            throw SdkException.create("a secret", null);
        }

        @PostMapping("/ops/api/things")
        Thing add(@RequestBody Thing thing) {
            return thing;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"kind":"named","name":"a","size":1,"colour":"red"}          | There is no field colour; known are name, part, size
        {"kind":"named","name":"a","size":1,"part":{"color":"red"}}  | There is no field color in part; known are colour
        {"kind":"named","name":"a","size":10}                        | size is more than 9
        {"kind":"named","name":"a","size":"secret"}                  | The value of size has the wrong type
        {"kind":"secret"}                                            | The kind of the body is missing or unknown
        {"name":"a"}                                                 | The kind of the body is missing or unknown
        {"kind":"named",                                             | The body is no valid JSON, line 1
        {"kind":"named","name":"a","size":1} secret                  | The body is no valid JSON, line 1
        """)
    void aBodyThatCannotBeReadIsRefusedWithoutRepeatingItsValues(String body, String detail) {
        assertProblem(post(body), ApiProblem.BAD_REQUEST, detail);
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertProblem(post(""), ApiProblem.BAD_REQUEST, "The body is missing, or no JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET  | /ops/api/nothing           | NOT_FOUND          | There is no such address; docs/ops-api.yaml lists all
        PUT  | /ops/api/things            | METHOD_NOT_ALLOWED | This address does not have the method PUT
        GET  | /ops/api/things?limit=x    | BAD_REQUEST        | limit is no valid int
        GET  | /ops/api/things?limit=0    | BAD_REQUEST        | limit is 0, but must be 1 to 1000
        GET  | /ops/api/things?limt=5     | BAD_REQUEST        | There is no parameter limt; known are after, limit
        GET  | /ops/api/things?after=z    | CONFLICT           | The list has changed and no longer contains the item of after: begin without it
        GET  | /ops/api/busy?x=1          | BAD_REQUEST        | There is no parameter x; known are none
        GET  | /ops/api/busy              | UNAVAILABLE        | AWS did not answer as expected: SdkException
        """)
    void aRequestThatCannotBeAnsweredGetsAProblem(String method, String path, ApiProblem problem, String detail) {
        assertProblem(answer(MockMvcRequestBuilders.request(HttpMethod.valueOf(method), path)), problem, detail);
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        assertProblem(
                answer(MockMvcRequestBuilders.post("/ops/api/things")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .content("a=b")),
                ApiProblem.UNSUPPORTED_MEDIA_TYPE,
                "The body has another type, or none");
    }

    @Test
    void methodsAreListedInAllow() {
        assertThat(answer(MockMvcRequestBuilders.put("/ops/api/things")).getHeader("Allow"))
                .isEqualTo("GET, POST");
    }

    @Test
    void pagesFollowEachOtherUntilNoneIsNext() {
        assertThat(body(answer(MockMvcRequestBuilders.get("/ops/api/things?limit=2"))))
                .isEqualTo(Map.of("items", List.of("a", "b"), "next", "b"));
        assertThat(body(answer(MockMvcRequestBuilders.get("/ops/api/things?limit=2&after=b"))))
                .isEqualTo(Map.of("items", List.of("c")));
    }

    @ParameterizedTest
    @EnumSource
    void aTitleSaysWhatToDo(ApiProblem problem) {
        assertThat(problem.title()).matches("(Accept|Correct|Read|Send|Start|Turn|Use|Wait) .+[^.]");
        assertThat(problem.status().isError()).isTrue();
    }

    @Test
    void aStatusAloneHasAProblemToo() {
        assertThat(ApiProblem.of(HttpStatus.FORBIDDEN)).isEqualTo(ApiProblem.OPERATOR_REQUIRED);
        assertThat(ApiProblem.of(HttpStatus.GONE)).isEqualTo(ApiProblem.BAD_REQUEST);
        assertThat(ApiProblem.of(HttpStatus.BAD_GATEWAY)).isEqualTo(ApiProblem.FAILED);
    }

    private MockHttpServletResponse post(String body) {
        return answer(MockMvcRequestBuilders.post("/ops/api/things")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) {
        try {
            return api.perform(request).andReturn().getResponse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void assertProblem(MockHttpServletResponse response, ApiProblem problem, String detail) {
        assertThat(response.getStatus()).isEqualTo(problem.status().value());
        assertThat(response.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        assertThat(body(response))
                .isEqualTo(Map.of(
                        "title",
                        problem.title(),
                        "status",
                        problem.status().value(),
                        "detail",
                        detail,
                        "code",
                        problem.name()));
    }

    private static Map<?, ?> body(MockHttpServletResponse response) {
        try {
            return Objects.requireNonNull(ApiJson.mapper().readValue(response.getContentAsString(), Map.class));
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.attache.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Access to every mapping of the management port's context, also to those that are added later. */
@SandboxTest
class ConsoleMappingsIT {

    private static final Set<String> OPEN = Set.of("/ops/sign-in", "/ops/assets/x");

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private ApplicationContext application;

    private ConsoleClient anonymous;
    private ConsoleClient viewer;
    private ConsoleClient operator;

    /** One mapping, with {@code x} for each variable of its path. */
    private record Mapping(RequestMethod method, String path) {

        boolean isApi() {
            return path.startsWith("/ops/api");
        }

        boolean reads() {
            return method == RequestMethod.GET || method == RequestMethod.HEAD;
        }
    }

    @BeforeEach
    void signIn() {
        anonymous = new ConsoleClient(surroundings.managementOrigin());
        viewer = new ConsoleClient(surroundings.managementOrigin());
        viewer.signIn("viewer", "viewer");
        operator = new ConsoleClient(surroundings.managementOrigin());
        operator.signIn("operator", "operator");
    }

    @AfterEach
    void close() {
        anonymous.close();
        viewer.close();
        operator.close();
    }

    private static int status(ConsoleClient client, Mapping mapping, String... headers) {
        return client.send(mapping.path(), request -> {
                    request.method(mapping.method().name(), BodyPublishers.noBody());
                    if (headers.length > 0) {
                        request.headers(headers);
                    }
                })
                .statusCode();
    }

    @Test
    void nothingButTheSignInIsOpen() {
        assertThat(mappings())
                .filteredOn(mapping -> !OPEN.contains(mapping.path()))
                .allSatisfy(mapping -> assertThat(status(anonymous, mapping))
                        .as("%s", mapping)
                        // Without a CSRF token, a request that changes something is refused as forged.
                        .isEqualTo(mapping.isApi() && mapping.reads() ? 401 : mapping.reads() ? 303 : 403));
    }

    @Test
    void aViewerCanActOnNothing() {
        String token = viewer.csrf("/ops");
        assertThat(changing())
                .allSatisfy(mapping -> assertThat(status(viewer, mapping, "X-CSRF-TOKEN", token))
                        .as("%s", mapping)
                        .isEqualTo(403));
        assertThat(changing())
                .filteredOn(Mapping::isApi)
                .allSatisfy(mapping -> assertThat(
                                status(anonymous, mapping, "Authorization", ConsoleClient.basic("viewer", "viewer")))
                        .as("%s", mapping)
                        .isEqualTo(403));
    }

    @Test
    void withoutATokenAgainstForgeryAnOperatorCanActOnNothing() {
        assertThat(changing())
                .allSatisfy(mapping ->
                        assertThat(status(operator, mapping)).as("%s", mapping).isEqualTo(403));
    }

    @Test
    void aBrowserThatKnowsAPasswordCanActOnNothingForAnotherSite() {
        assertThat(changing())
                .filteredOn(Mapping::isApi)
                .allSatisfy(mapping -> assertThat(status(
                                anonymous,
                                mapping,
                                "Authorization",
                                ConsoleClient.basic("operator", "operator"),
                                "Sec-Fetch-Site",
                                "cross-site"))
                        .as("%s", mapping)
                        .isEqualTo(403));
    }

    /** Browsers send no {@code Sec-Fetch-Site} to an address without HTTPS. */
    @Test
    void aBrowserThatStatesTheOriginOnlyCanActOnNothingForAnotherSite() {
        assertThat(changing())
                .filteredOn(Mapping::isApi)
                .allSatisfy(mapping -> assertThat(status(
                                anonymous,
                                mapping,
                                "Authorization",
                                ConsoleClient.basic("operator", "operator"),
                                "Origin",
                                "https://other.example"))
                        .as("%s", mapping)
                        .isEqualTo(403));
    }

    /** The rule above is only as good as this: a mapping without methods would act on GET as well. */
    @Test
    void everyMappingStatesItsMethods() {
        assertThat(infos())
                .filteredOn(info -> !info.getPatternValues().equals(Set.of("/ops/**")))
                .allSatisfy(info -> assertThat(info.getMethodsCondition().getMethods())
                        .as("%s", info)
                        .isNotEmpty());
    }

    @Test
    void thePublicPortServesNoController() {
        assertThat(BeanFactoryUtils.beansOfTypeIncludingAncestors(application, Object.class)
                        .values())
                .noneMatch(bean -> AnnotatedElementUtils.hasAnnotation(bean.getClass(), ConsoleController.class));
        try (var visitor = new ConsoleClient(surroundings.pageOrigin())) {
            assertThat(mappings()).allSatisfy(mapping -> {
                var answer = visitor.send(
                        mapping.path(),
                        request -> request.method(mapping.method().name(), BodyPublishers.noBody()));
                assertThat(answer.statusCode()).as("%s", mapping).isEqualTo(404);
            });
        }
    }

    private List<Mapping> changing() {
        return mappings().stream().filter(mapping -> !mapping.reads()).toList();
    }

    private List<Mapping> mappings() {
        return infos().stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .flatMap(pattern -> methods(info).map(method -> new Mapping(method, path(pattern)))))
                .toList();
    }

    private static Stream<RequestMethod> methods(RequestMappingInfo info) {
        Set<RequestMethod> stated = info.getMethodsCondition().getMethods();
        return (stated.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST, RequestMethod.DELETE) : stated)
                .stream();
    }

    private static String path(String pattern) {
        return pattern.replace("**", "x").replaceAll("\\{[^}]*}", "x");
    }

    private Set<RequestMappingInfo> infos() {
        Object initializer = application.getBean("childManagementContextInitializer");
        ApplicationContext management = Objects.requireNonNull(
                (ApplicationContext) ReflectionTestUtils.getField(initializer, "managementContext"));
        return management
                .getBean("consoleHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet();
    }
}

package dev.attache.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class RolesTests {

    @Test
    void withoutTheSettingAProcessHasAllRoles() {
        assertThat(Roles.of(new StandardEnvironment()).all()).containsExactlyInAnyOrder(Role.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"worker | WORKER", "pages,console | PAGES,CONSOLE", "' Console , worker ' | CONSOLE,WORKER"})
    void theSettingNamesTheRoles(String setting, String roles) {
        assertThat(Roles.of(environment(setting)).all().stream().map(Role::name))
                .containsExactlyInAnyOrder(roles.split(","));
    }

    @Test
    void theSettingMayBeAListOfYaml() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "yaml", Map.of("attache.roles[0]", "worker", "attache.roles[1]", "console")));

        assertThat(Roles.of(environment).all()).containsExactlyInAnyOrder(Role.WORKER, Role.CONSOLE);
    }

    @Test
    void anUnknownRoleStopsTheStartWithTheNamesOfAll() {
        StandardEnvironment environment = environment("worker,web");

        assertThatThrownBy(() -> prepare(environment))
                .isInstanceOf(UnusableRolesException.class)
                .hasMessage("attache.roles names 'web', but the roles are worker, pages, console");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aSettingWithoutARoleStopsTheStart(String setting) {
        StandardEnvironment environment = environment(setting);

        assertThatThrownBy(() -> prepare(environment))
                .isInstanceOf(UnusableRolesException.class)
                .hasMessage("attache.roles names no role: name one or more of worker, pages, console,"
                        + " or remove the setting for all of them");
    }

    @Test
    void theFailureIsReportedAsASettingToChange() {
        var analysis = new UnusableRolesFailureAnalyzer()
                .analyze(new IllegalStateException(new UnusableRolesException("why")));

        assertThat(analysis.getDescription()).isEqualTo("why");
        assertThat(analysis.getAction()).isEqualTo("Change the named setting, and start again.");
    }

    @Test
    void aBeanIsCreatedIfTheProcessHasOneOfItsRoles() {
        assertThat(beans("worker")).containsExactlyInAnyOrder("byMethod");
        assertThat(beans("console")).containsExactlyInAnyOrder("byType", "byMethod");
        assertThat(beans("pages")).isEmpty();
        assertThat(beans("pages,console,worker")).containsExactlyInAnyOrder("byType", "byMethod");
    }

    @Test
    void withAllRolesNoSettingIsChanged() {
        StandardEnvironment environment = environment("console,pages,worker");

        prepare(environment);

        assertThat(environment.getPropertySources().get(RolesEnvironment.SOURCE))
                .isNull();
    }

    @Test
    void withoutWorkerNoFunctionIsBoundWhateverOtherSettingsSay() {
        StandardEnvironment environment = environment("pages,console");
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("operator", Map.of("spring.cloud.function.definition", "purchases")));

        prepare(environment);

        assertThat(environment.getProperty("spring.cloud.function.definition")).isEmpty();
        assertThat(environment.getProperty("spring.cloud.stream.function.autodetect", Boolean.class))
                .isFalse();
        assertThat(environment.getProperty("server.port")).isNull();
    }

    @Test
    void withoutPagesThereIsNoPublicPortWhateverOtherSettingsSay() {
        StandardEnvironment environment = environment("worker,console");
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("operator", Map.of("server.port", "80", "server.address", "0.0.0.0")));

        prepare(environment);

        assertThat(environment.getProperty("server.port")).isEqualTo("-1");
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty("spring.cloud.function.definition")).isNull();
    }

    private static void prepare(StandardEnvironment environment) {
        new RolesEnvironment().postProcessEnvironment(environment, new SpringApplication());
    }

    private static Iterable<String> beans(String roles) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.setEnvironment(environment(roles));
            context.register(ByMethod.class, ByType.class);
            context.refresh();
            return context.getBeansOfType(StringBuilder.class).keySet();
        }
    }

    private static StandardEnvironment environment(String roles) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("roles", Map.of("attache.roles", roles)));
        return environment;
    }

    @Configuration(proxyBeanMethods = false)
    static class ByMethod {

        @Bean
        @ConditionalOnRole({Role.WORKER, Role.CONSOLE})
        StringBuilder byMethod() {
            return new StringBuilder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(Role.CONSOLE)
    static class ByType {

        @Bean
        StringBuilder byType() {
            return new StringBuilder();
        }
    }
}

package dev.attache.console.api;

import static dev.attache.console.api.OpenApiSchemas.ordered;

import dev.attache.console.Operator;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The OpenAPI document (3.1) of the mappings below {@code /ops/api}, from the annotations, types and Javadoc of the
 * console's controllers.
 */
final class OpenApiDocument {

    /** What parameters mean wherever they occur. */
    private static final Map<String, String> COMMON_PARAMETERS = Map.of(
            "limit", "how many items to return, 1 to 1000",
            "after", "the next of the page before");

    private final Map<String, Map<String, Object>> paths = new TreeMap<>();

    private final Set<String> unexplained = new TreeSet<>();

    private final Map<String, Object> problems = new TreeMap<>();

    private final Set<String> operationIds = new TreeSet<>();

    private final JavadocTexts texts;

    private final OpenApiSchemas schemas;

    private OpenApiDocument(List<Class<?>> controllers) {
        this.texts = new JavadocTexts(ApiMappings.types(controllers));
        this.schemas = new OpenApiSchemas(texts);
        controllers.forEach(controller -> ApiMappings.of(controller).forEach(method -> add(controller, method)));
    }

    /** The document of all controllers in the class path. */
    static OpenApiDocument generate() {
        return new OpenApiDocument(ApiMappings.controllers());
    }

    /** Operations without a summary, and fields without a description. */
    Set<String> unexplained() {
        Set<String> all = new TreeSet<>(schemas.unexplained());
        all.addAll(unexplained);
        return all;
    }

    private void add(Class<?> controller, Method method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        for (RequestMethod verb : mapping == null ? new RequestMethod[0] : mapping.method()) {
            if (!operationIds.add(method.getName())) {
                throw new IllegalStateException("Two mappings have the name " + method.getName());
            }
            String path = ApiMappings.path(controller, method);
            paths.computeIfAbsent(path, any -> new TreeMap<>())
                    .put(verb.name().toLowerCase(Locale.ROOT), operation(controller, method, path, verb));
        }
    }

    private Map<String, Object> operation(Class<?> controller, Method method, String path, RequestMethod verb) {
        Map<String, Object> operation = ordered("operationId", method.getName(), "tags", List.of(path.split("/")[3]));
        texts.ofMethod(controller, method.getName())
                .ifPresentOrElse(text -> operation.put("summary", text), () -> unexplained.add(verb + " " + path));
        List<Map<String, Object>> parameters = new ArrayList<>();
        boolean hasBody = false;
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(PathVariable.class)) {
                parameters.add(parameter("path", controller, method, parameter));
            } else if (parameter.isAnnotationPresent(RequestParam.class)) {
                parameters.add(parameter("query", controller, method, parameter));
            } else if (parameter.isAnnotationPresent(RequestBody.class)) {
                hasBody = true;
                operation.put(
                        "requestBody",
                        ordered("required", true, "content", json(schemas.of(parameter.getParameterizedType()))));
            } else if (parameter.getType().getName().startsWith("dev.attache.")
                    && parameter.getType() != Operator.class) {
                throw new IllegalArgumentException("A parameter without annotation: " + parameter);
            }
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        operation.put("responses", responses(method, verb, path.contains("{"), hasBody, !parameters.isEmpty()));
        return operation;
    }

    private static boolean isRequired(Parameter parameter) {
        RequestParam annotation = parameter.getAnnotation(RequestParam.class);
        return annotation.required() && annotation.defaultValue().equals(ValueConstants.DEFAULT_NONE);
    }

    private Map<String, Object> parameter(String in, Class<?> controller, Method method, Parameter parameter) {
        Map<String, Object> described =
                ordered("name", parameter.getName(), "in", in, "required", in.equals("path") || isRequired(parameter));
        texts.ofParameter(controller, method.getName(), parameter.getName())
                .or(() -> Optional.ofNullable(COMMON_PARAMETERS.get(parameter.getName())))
                .ifPresent(text -> described.put("description", text));
        Map<String, Object> schema = new LinkedHashMap<>(schemas.of(parameter.getParameterizedType()));
        RequestParam query = parameter.getAnnotation(RequestParam.class);
        if (query != null && !query.defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
            schema.put(
                    "default",
                    Objects.requireNonNull(DefaultConversionService.getSharedInstance()
                            .convert(query.defaultValue(), parameter.getType())));
        }
        described.put("schema", schema);
        return described;
    }

    private Map<String, Object> responses(
            Method method, RequestMethod verb, boolean hasPathVariable, boolean hasBody, boolean hasParameters) {
        Map<String, Object> responses = new TreeMap<>();
        ResponseStatus stated = AnnotatedElementUtils.findMergedAnnotation(method, ResponseStatus.class);
        HttpStatus status = stated == null ? HttpStatus.OK : stated.code();
        Type type = method.getGenericReturnType();
        if (type instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class) {
            type = generic.getActualTypeArguments()[0];
        }
        Map<String, Object> success = ordered("description", status.getReasonPhrase());
        if (type != void.class && type != Void.class) {
            success.put("content", json(schemas.of(type)));
        }
        responses.put(String.valueOf(status.value()), success);
        Set<HttpStatus> refusals = new TreeSet<>(
                Set.of(HttpStatus.UNAUTHORIZED, HttpStatus.TOO_MANY_REQUESTS, HttpStatus.SERVICE_UNAVAILABLE));
        if (hasBody || hasParameters) {
            refusals.add(HttpStatus.BAD_REQUEST);
        }
        if (verb != RequestMethod.GET) {
            refusals.add(HttpStatus.FORBIDDEN);
        }
        if (hasBody || hasPathVariable) {
            refusals.addAll(Set.of(HttpStatus.NOT_FOUND, HttpStatus.CONFLICT));
        }
        refusals.forEach(refusal -> responses.put(String.valueOf(refusal.value()), problem(refusal)));
        return responses;
    }

    private Map<String, Object> problem(HttpStatus status) {
        String name = status.getReasonPhrase().replace(" ", "");
        problems.computeIfAbsent(
                name,
                any -> ordered(
                        "description",
                        Arrays.stream(ApiProblem.values())
                                .filter(problem -> problem.status() == status)
                                .map(problem -> problem.name() + ": " + problem.title())
                                .collect(Collectors.joining("; ")),
                        "content",
                        Map.of("application/problem+json", Map.of("schema", schemas.of(ProblemDocument.class)))));
        return Map.of("$ref", "#/components/responses/" + name);
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    String toYaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(110);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        // Equal values would become anchors.
        options.setDereferenceAliases(true);
        return "# Generated from the controllers by OpsApiDocumentTests; see there how to write it anew.\n"
                + new Yaml(options)
                        .dump(ordered(
                                "openapi",
                                "3.1.0",
                                "info",
                                ordered(
                                        "title",
                                        "Attaché for operators",
                                        "version",
                                        "1",
                                        "description",
                                        "What the console shows and does, for scripts. See docs/console.md."),
                                "servers",
                                List.of(Map.of("url", "http://localhost:8081")),
                                "security",
                                List.of(Map.of("basic", List.of())),
                                "paths",
                                paths,
                                "components",
                                ordered(
                                        "securitySchemes",
                                        Map.of("basic", ordered("type", "http", "scheme", "basic")),
                                        "responses",
                                        problems,
                                        "schemas",
                                        schemas.all())));
    }
}

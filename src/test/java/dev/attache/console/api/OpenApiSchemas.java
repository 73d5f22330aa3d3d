package dev.attache.console.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.attache.console.ConsoleController;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

/** JSON Schemas (2020-12) of the records that controllers take and return, with the texts of their Javadoc. */
final class OpenApiSchemas {

    private static final JsonMapper MAPPER = ApiJson.mapper();

    private final Map<String, Class<?>> types = new TreeMap<>();

    private final Map<String, Map<String, Object>> schemas = new TreeMap<>();

    private final Set<String> unexplained = new TreeSet<>();

    private final JavadocTexts texts;

    OpenApiSchemas(JavadocTexts texts) {
        this.texts = texts;
    }

    /** By name. */
    Map<String, Map<String, Object>> all() {
        return schemas;
    }

    /** The schema of a type; of a record, an enumeration and a sealed type a reference. */
    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return Map.of("type", "string");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (raw == int.class || raw == Integer.class) {
            return formatted("integer", "int32");
        }
        if (raw == long.class || raw == Long.class) {
            return formatted("integer", "int64");
        }
        if (raw == double.class || raw == Double.class) {
            return formatted("number", "double");
        }
        if (raw == Instant.class) {
            return formatted("string", "date-time");
        }
        if (raw == Duration.class) {
            return formatted("string", "duration");
        }
        if (raw == UUID.class) {
            return formatted("string", "uuid");
        }
        if (raw == URI.class) {
            return formatted("string", "uri");
        }
        return reference(raw);
    }

    private Map<String, Object> ofGeneric(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Set.class) {
            return ordered("type", "array", "uniqueItems", true, "items", of(arguments[0]));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return ordered("type", "array", "items", of(arguments[0]));
        }
        if (raw == Map.class) {
            return ordered("type", "object", "additionalProperties", of(arguments[1]));
        }
        if (raw.isRecord()) {
            return reference(type, raw);
        }
        throw new IllegalArgumentException("There is no schema for " + type);
    }

    /** A record with type parameters is named after its arguments, such as {@code AuditEntryPage}. */
    private Map<String, Object> reference(ParameterizedType type, Class<?> raw) {
        String name = Arrays.stream(type.getActualTypeArguments())
                        .map(argument -> name((Class<?>) argument))
                        .collect(Collectors.joining())
                + raw.getSimpleName();
        if (types.putIfAbsent(name, raw) == null) {
            Map<String, Object> schema = new LinkedHashMap<>();
            texts.of(raw).ifPresent(text -> schema.put("description", text));
            schema.putAll(object(ResolvableType.forType(type), Map.of()));
            schemas.put(name, schema);
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = name(type);
        Class<?> other = types.putIfAbsent(name, type);
        if (other == null) {
            // Before its content, which may refer to it.
            schemas.put(name, Map.of());
            schemas.put(name, described(type));
        } else if (other != type) {
            throw new IllegalStateException("%s and %s have the same name".formatted(type, other));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /** Types within a controller have a simple name, all others also that of the type around them. */
    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null || outer.isAnnotationPresent(ConsoleController.class)
                ? type.getSimpleName()
                : outer.getSimpleName() + type.getSimpleName();
    }

    private Map<String, Object> described(Class<?> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        texts.of(type).ifPresent(text -> schema.put("description", text));
        if (type.isEnum()) {
            schema.put("type", "string");
            schema.put(
                    "enum",
                    Arrays.stream(type.getEnumConstants())
                            .map(OpenApiSchemas::constant)
                            .toList());
        } else if (type.isAnnotationPresent(JsonSubTypes.class)) {
            schema.putAll(alternatives(type));
        } else if (type.isRecord()) {
            schema.putAll(object(ResolvableType.forClass(type), Map.of()));
        } else {
            throw new IllegalArgumentException("There is no schema for " + type);
        }
        return schema;
    }

    private static String constant(Object constant) {
        return Arrays.stream(constant.getClass().getMethods()).anyMatch(it -> it.isAnnotationPresent(JsonValue.class))
                ? MAPPER.convertValue(constant, String.class)
                : ((Enum<?>) constant).name();
    }

    private Map<String, Object> alternatives(Class<?> type) {
        String property = type.getAnnotation(JsonTypeInfo.class).property();
        Map<String, String> mapping = new LinkedHashMap<>();
        List<Object> references = new ArrayList<>();
        for (JsonSubTypes.Type alternative :
                type.getAnnotation(JsonSubTypes.class).value()) {
            String name = name(alternative.value());
            Map<String, Object> schema = new LinkedHashMap<>();
            texts.of(alternative.value()).ifPresent(text -> schema.put("description", text));
            schema.putAll(object(
                    ResolvableType.forClass(alternative.value()),
                    Map.of(property, Map.of("const", alternative.name()))));
            types.put(name, alternative.value());
            schemas.put(name, schema);
            mapping.put(alternative.name(), "#/components/schemas/" + name);
            references.add(Map.of("$ref", "#/components/schemas/" + name));
        }
        return ordered("oneOf", references, "discriminator", ordered("propertyName", property, "mapping", mapping));
    }

    /** @param constants properties with one value */
    private Map<String, Object> object(ResolvableType resolvable, Map<String, Object> constants) {
        Class<?> type = resolvable.toClass();
        Map<String, Object> properties = new LinkedHashMap<>(constants);
        List<String> required = new ArrayList<>(constants.keySet());
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema = new LinkedHashMap<>();
            // Beside a reference, too: JSON Schema 2020-12 allows it.
            texts.ofComponent(type, component.getName())
                    .ifPresentOrElse(
                            text -> schema.put("description", text), () -> unexplained(type, component.getName()));
            schema.putAll(of(resolved(ResolvableType.forType(component.getGenericType(), resolvable))));
            properties.put(component.getName(), schema);
            if (!isNullable(component.getAnnotatedType())) {
                required.add(component.getName());
            }
        }
        Map<String, Object> object = ordered("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        object.put("additionalProperties", false);
        return object;
    }

    /** The type without variables. */
    private static Type resolved(ResolvableType type) {
        return type.hasGenerics()
                ? ResolvableType.forClassWithGenerics(
                                type.toClass(),
                                Arrays.stream(type.getGenerics())
                                        .map(argument -> ResolvableType.forType(resolved(argument)))
                                        .toArray(ResolvableType[]::new))
                        .getType()
                : type.toClass();
    }

    private void unexplained(Class<?> type, String component) {
        // Those of the domain are explained where that is needed.
        if (type.getPackageName().startsWith("dev.attache.console")) {
            unexplained.add(type.getSimpleName() + "." + component);
        }
    }

    /** Fields of the console's own types whose Javadoc has no {@code @param}. */
    Set<String> unexplained() {
        return unexplained;
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Map<String, Object> formatted(String type, String format) {
        return ordered("type", type, "format", format);
    }

    static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), Objects.requireNonNull(namesAndValues[i + 1]));
        }
        return map;
    }
}

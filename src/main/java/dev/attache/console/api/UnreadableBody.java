package dev.attache.console.api;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Describes why a body could not be read. Repeats no values of it, which may be secrets. */
final class UnreadableBody {

    private UnreadableBody() {}

    static String describe(HttpMessageNotReadableException failure) {
        return switch (failure.getCause()) {
            case UnrecognizedPropertyException unknown ->
                "There is no field %s%s; known are %s"
                        .formatted(unknown.getPropertyName(), in(unknown), fields(unknown.getKnownPropertyIds()));
            case ValueInstantiationException refused
            when refused.getCause() instanceof IllegalArgumentException why ->
                Objects.requireNonNullElse(why.getMessage(), "A value is not allowed");
            case InvalidTypeIdException type ->
                type.getPath().isEmpty()
                        ? "The kind of the body is missing or unknown"
                        : "The kind of %s is missing or unknown".formatted(path(type));
            case MismatchedInputException mismatch ->
                mismatch.getPath().isEmpty()
                        ? "The body is no JSON object"
                        : "The value of %s has the wrong type".formatted(path(mismatch));
            case JacksonException invalid -> "The body is no valid JSON" + line(invalid);
            case null, default -> "The body is missing, or no JSON";
        };
    }

    private static String in(JacksonException failure) {
        List<String> names =
                failure.getPath().stream().map(UnreadableBody::name).toList();
        return names.size() < 2 ? "" : " in " + String.join(".", names.subList(0, names.size() - 1));
    }

    private static String path(JacksonException failure) {
        return failure.getPath().stream().map(UnreadableBody::name).collect(Collectors.joining("."));
    }

    private static String name(JacksonException.Reference reference) {
        return reference.getPropertyName() == null ? String.valueOf(reference.getIndex()) : reference.getPropertyName();
    }

    private static String fields(@Nullable Collection<Object> known) {
        return known == null || known.isEmpty()
                ? "none"
                : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String line(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : ", line " + failure.getLocation().getLineNr();
    }
}

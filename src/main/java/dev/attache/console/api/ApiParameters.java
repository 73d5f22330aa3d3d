package dev.attache.console.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Refuses query parameters that a mapping below {@code /ops/api} does not have: one that is misspelt would be lost. */
final class ApiParameters implements HandlerInterceptor {

    private ApiParameters() {}

    static MappedInterceptor interceptor() {
        return new MappedInterceptor(new String[] {ApiProblemResolver.PATHS}, new ApiParameters());
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Set<String> known = known(method);
            // Of the query only: a body of the wrong type is refused later.
            Set<String> unknown = new TreeSet<>(UriComponentsBuilder.newInstance()
                    .query(request.getQueryString())
                    .build()
                    .getQueryParams()
                    .keySet());
            unknown.removeAll(known);
            if (!unknown.isEmpty()) {
                throw new ApiException(
                        ApiProblem.BAD_REQUEST,
                        "There is no parameter %s; known are %s"
                                .formatted(
                                        String.join(", ", unknown),
                                        known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
        return true;
    }

    private static Set<String> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .map(ApiParameters::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MethodParameter parameter) {
        RequestParam annotation =
                AnnotatedElementUtils.findMergedAnnotation(parameter.getParameter(), RequestParam.class);
        if (annotation == null) {
            return "";
        }
        return annotation.name().isEmpty()
                ? Objects.requireNonNull(parameter.getParameter().getName())
                : annotation.name();
    }
}

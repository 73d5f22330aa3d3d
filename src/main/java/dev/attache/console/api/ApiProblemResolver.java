package dev.attache.console.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Answers what is wrong with a request below {@code /ops/api}. Leaves failures of pages, and those that nobody expects,
 * to the console's resolver, which follows this one.
 */
final class ApiProblemResolver implements HandlerExceptionResolver, Ordered {

    /** The paths of the API. */
    static final String PATHS = "/ops/api/**";

    private static final String START = "/ops/api/";

    private static final Logger log = LoggerFactory.getLogger(ApiProblemResolver.class);

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!request.getRequestURI().startsWith(START)) {
            return null;
        }
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            response.setHeader(
                    HttpHeaders.ALLOW,
                    method.getSupportedHttpMethods() == null
                            ? ""
                            : method.getSupportedHttpMethods().stream()
                                    .map(HttpMethod::name)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        Optional<ProblemDocument> problem = problem(failure);
        if (problem.isEmpty()) {
            return null;
        }
        try {
            ApiJson.write(response, problem.get());
        } catch (IOException lost) {
            log.debug("The client of /ops/api is gone", lost);
        }
        return new ModelAndView();
    }

    private static Optional<ProblemDocument> problem(Exception failure) {
        return Optional.ofNullable(described(failure));
    }

    private static @Nullable ProblemDocument described(Exception failure) {
        return switch (failure) {
            case ApiException refused -> refused.document();
            case NoHandlerFoundException none -> noAddress();
            case NoResourceFoundException none -> noAddress();
            case HttpRequestMethodNotSupportedException method ->
                ApiProblem.METHOD_NOT_ALLOWED.document("This address does not have the method " + method.getMethod());
            case HttpMediaTypeNotSupportedException type ->
                ApiProblem.UNSUPPORTED_MEDIA_TYPE.document("The body has another type, or none");
            case HttpMediaTypeNotAcceptableException type ->
                ApiProblem.NOT_ACCEPTABLE.document("The header Accept excludes application/json");
            case HttpMessageNotReadableException body -> ApiProblem.BAD_REQUEST.document(UnreadableBody.describe(body));
            case MissingServletRequestParameterException missing ->
                ApiProblem.BAD_REQUEST.document("The parameter " + missing.getParameterName() + " is missing");
            case MethodArgumentTypeMismatchException mismatch ->
                ApiProblem.BAD_REQUEST.document("%s is no valid %s"
                        .formatted(
                                mismatch.getName(),
                                mismatch.getRequiredType() == null
                                        ? "value"
                                        : mismatch.getRequiredType().getSimpleName()));
            case SdkException aws ->
                ApiProblem.UNAVAILABLE.document(
                        "AWS did not answer as expected: " + aws.getClass().getSimpleName());
            default -> null;
        };
    }

    private static ProblemDocument noAddress() {
        return ApiProblem.NOT_FOUND.document("There is no such address; docs/ops-api.yaml lists all");
    }
}

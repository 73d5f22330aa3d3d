package dev.attache.console.web;

import dev.attache.audit.AuditUnavailableException;
import dev.attache.console.ConsoleController;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.ConsoleProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers what a {@link ConsoleController} throws with a page or a problem. */
final class ConsoleExceptionResolver implements HandlerExceptionResolver, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ConsoleExceptionResolver.class);

    private final ConsoleProblems problems;

    ConsoleExceptionResolver(ConsoleProblems problems) {
        this.problems = problems;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        if (!(handler instanceof HandlerMethod method)
                || !AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ConsoleController.class)) {
            return null;
        }
        try {
            ConsoleProblem problem = problem(thrown);
            problems.write(request, response, problem.status(), problem.title(), problem.detail());
        } catch (IOException lost) {
            log.debug("The connection was lost", lost);
        }
        return new ModelAndView();
    }

    private static ConsoleProblem problem(Exception thrown) {
        return switch (thrown) {
            case ConsoleProblem problem -> problem;
            case AuditUnavailableException unavailable ->
                new ConsoleProblem(
                        HttpStatus.SERVICE_UNAVAILABLE, Objects.requireNonNull(unavailable.getMessage()), "");
            case ErrorResponse refused ->
                new ConsoleProblem(
                        HttpStatus.valueOf(refused.getStatusCode().value()),
                        "The request is not one that the console knows",
                        Objects.requireNonNullElse(refused.getBody().getDetail(), ""));
            default -> {
                log.error("A request to the console failed unexpectedly", thrown);
                yield new ConsoleProblem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "The console failed unexpectedly",
                        "The worker's log says why.");
            }
        };
    }
}

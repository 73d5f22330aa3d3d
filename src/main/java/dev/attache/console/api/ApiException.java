package dev.attache.console.api;

/** Refuses a request to {@code /ops/api}. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ApiProblem problem;

    private final String detail;

    /** @param detail a sentence about this refusal, without addresses of people and secrets */
    public ApiException(ApiProblem problem, String detail) {
        super(problem + ": " + detail);
        this.problem = problem;
        this.detail = detail;
    }

    public ApiProblem problem() {
        return problem;
    }

    public ProblemDocument document() {
        return problem.document(detail);
    }
}

package dev.attache.gateway;

/**
 * A problem as JSON (RFC 9457).
 *
 * @param detail a sentence in the reader's language
 * @param code the problem's name, for scripts
 */
public record ProblemBody(String title, int status, String detail, String code) {

    public static ProblemBody of(PageProblem problem, String detail) {
        return new ProblemBody(
                problem.status().getReasonPhrase(), problem.status().value(), detail, problem.name());
    }
}

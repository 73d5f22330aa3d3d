package dev.attache.gateway;

/** What programs are told of a problem (RFC 9457). */
public record ProblemBody(String title, int status, String detail, String code) {

    public static ProblemBody of(UploadProblem problem, String detail) {
        return new ProblemBody(
                problem.status().getReasonPhrase(), problem.status().value(), detail, problem.name());
    }
}

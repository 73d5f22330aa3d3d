package dev.attache.gateway.upload;

import dev.attache.gateway.UploadProblem;
import dev.attache.ledger.OpenUpload;
import org.jspecify.annotations.Nullable;

/** Says why a file cannot be sent. It never holds the page's id, which is a secret. */
final class UploadRefusedException extends RuntimeException {

    private final UploadProblem problem;
    private final transient @Nullable OpenUpload upload;

    /** @param upload the one concerned, so that the answer can name its terms; absent when there is none */
    UploadRefusedException(UploadProblem problem, @Nullable OpenUpload upload) {
        super(problem.name());
        this.problem = problem;
        this.upload = upload;
    }

    UploadProblem problem() {
        return problem;
    }

    @Nullable
    OpenUpload upload() {
        return upload;
    }
}

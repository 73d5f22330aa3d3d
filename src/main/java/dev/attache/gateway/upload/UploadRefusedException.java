package dev.attache.gateway.upload;

import dev.attache.ledger.OpenUpload;
import org.jspecify.annotations.Nullable;

/** A file cannot be uploaded. The message never contains the page id, which is a secret. */
final class UploadRefusedException extends RuntimeException {

    private final UploadProblem problem;
    private final transient @Nullable OpenUpload upload;

    /** @param upload the upload whose terms the answer names; null if there is none */
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

package dev.attache.binder;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.cloud.stream.provisioning.ProvisioningException;

/** Lets a missing queue or topic end the start with its own sentence instead of a stack trace. Named in {@code spring.factories}. */
class ProvisioningFailureAnalyzer extends AbstractFailureAnalyzer<ProvisioningException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProvisioningException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), "Create it, or correct the setting that names it, and start again.", cause);
    }
}

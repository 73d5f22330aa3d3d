package dev.attache.binder.provisioning;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.cloud.stream.provisioning.ProvisioningException;

/**
 * Lets a queue or topic that cannot be used end the start with its own sentence instead of a stack trace. Named in
 * {@code spring.factories}.
 */
class ProvisioningFailureAnalyzer extends AbstractFailureAnalyzer<ProvisioningException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProvisioningException cause) {
        // With a cause AWS did not answer; without one something is missing, or is not as it must be.
        String action = cause.getCause() == null
                ? "Create or correct what is named there, and start again."
                : "Correct that, or wait until AWS answers, and start again.";
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
    }
}

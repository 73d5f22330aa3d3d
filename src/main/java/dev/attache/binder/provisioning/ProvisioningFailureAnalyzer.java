package dev.attache.binder.provisioning;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.cloud.stream.provisioning.ProvisioningException;

/**
 * Reports a queue or topic that cannot be used with a message instead of a stack trace. Registered in
 * {@code META-INF/spring.factories}.
 */
class ProvisioningFailureAnalyzer extends AbstractFailureAnalyzer<ProvisioningException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ProvisioningException cause) {
        // An exception with a cause means that AWS did not answer.
        String action = cause.getCause() == null
                ? "Create or correct the named queue or topic, and start again."
                : "Correct the configuration, or wait until AWS answers, and start again.";
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
    }
}

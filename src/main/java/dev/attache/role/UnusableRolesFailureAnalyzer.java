package dev.attache.role;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports roles that do not exist. Registered in {@code META-INF/spring.factories}. */
class UnusableRolesFailureAnalyzer extends AbstractFailureAnalyzer<UnusableRolesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableRolesException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Change the named setting, and start again.", cause);
    }
}

package dev.attache.binder.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a setting that the binder cannot honour. Registered in {@code META-INF/spring.factories}. */
class UnsupportedSettingFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedSettingException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Change the named setting, and start again.", cause);
    }
}

package dev.attache.sandbox;

import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Sets the log levels of the worker that the tests share. Loggers belong to the JVM: another application, which a test
 * started with other settings, may have changed them since the worker started.
 */
class WorkerLogLevels implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        Binder.get(SpringExtension.getApplicationContext(context).getEnvironment())
                .bind("logging.level", Bindable.mapOf(String.class, LogLevel.class))
                .orElse(Map.of())
                .forEach(logging::setLogLevel);
    }
}

package dev.attache.reliability.worker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that starts the packaged worker, and is skipped outside the build. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "reliability.jar",
        matches = ".+",
        disabledReason = "The build packages the worker: ./mvnw verify")
public @interface RequiresPackagedWorker {}

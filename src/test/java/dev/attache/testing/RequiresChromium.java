package dev.attache.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A test class that is skipped where no Chromium is installed. A condition, and no assumption in {@code @BeforeAll}: of
 * a class that ends there, Surefire counts no test as skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.attache.testing.Chromium#isInstalled",
        disabledReason = "There is no chromium, chromium-browser or "
                + "google-chrome on the PATH: pages are not tested in a browser")
public @interface RequiresChromium {}

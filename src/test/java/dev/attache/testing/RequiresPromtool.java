package dev.attache.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that is skipped where promtool is not installed. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.attache.testing.Promtool#isInstalled",
        disabledReason =
                "There is no promtool on the PATH (Debian package prometheus): alarms and queries are not tested")
public @interface RequiresPromtool {}

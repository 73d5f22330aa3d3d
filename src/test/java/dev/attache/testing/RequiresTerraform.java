package dev.attache.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that is skipped where Terraform or its provider for AWS is not installed. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.attache.testing.Terraform#isInstalled",
        disabledReason =
                "There is no terraform on the PATH, or no folder with its provider hashicorp/aws, which TF_PLUGIN_DIR"
                        + " names: plans are not tested")
public @interface RequiresTerraform {}

package dev.attache.sandbox;

import dev.attache.AttacheApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * An integration test of the whole worker on the AWS that {@code -Daws} chooses. All such tests share one worker, so
 * each finds its own messages by ids and addresses. {@link Upstream} and {@link Mailbox} can be injected. Tests that
 * need a capability that not every AWS has are tagged with {@code @Tag}: {@code signatures},
 * {@code conditional-writes}, {@code tagging}, {@code versioning}, {@code notifications}, {@code published-messages},
 * {@code form-policies}, {@code form-checksums}, {@code own-account}, {@code stoppable}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("aws")
@ExtendWith({AwsCondition.class, WorkerLogLevels.class})
@SpringBootTest(
        classes = {AttacheApplication.class, SandboxConfiguration.class},
        webEnvironment = WebEnvironment.DEFINED_PORT)
@ActiveProfiles("sandbox")
@ContextConfiguration(initializers = SandboxInitializer.ForTests.class)
public @interface SandboxTest {}

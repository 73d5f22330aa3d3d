package dev.attache.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test of the AWS that {@code -Daws} chooses, with queues, topics and buckets that no other test uses.
 * {@link TestAws#dedicated()} starts it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@AwsTest
@Tag("own-account")
public @interface DedicatedAwsTest {}

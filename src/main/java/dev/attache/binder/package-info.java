/**
 * A Spring Cloud Stream binder: in from SQS queues, out to SNS topics or SQS queues. It knows nothing of this worker and could
 * be published alone.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.attache.binder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * The events that go in and come out: records, the CloudEvents envelope, and validation against the JSON Schemas that
 * {@code asyncapi.yaml} refers to.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.attache.contract;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

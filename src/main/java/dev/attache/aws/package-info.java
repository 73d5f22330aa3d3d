/**
 * The AWS clients with their timeouts, the circuit breakers around their calls, and what the worker notices about AWS
 * itself: refused calls, and the offset of its clock.
 */
@NullMarked
package dev.attache.aws;

import org.jspecify.annotations.NullMarked;

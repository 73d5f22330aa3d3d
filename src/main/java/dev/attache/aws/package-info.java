/**
 * The AWS clients with their timeouts, the circuit breakers around their calls, the calls that AWS refuses this worker,
 * and the difference between the clocks of S3 and of this machine.
 */
@NullMarked
package dev.attache.aws;

import org.jspecify.annotations.NullMarked;

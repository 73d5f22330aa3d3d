/** SNS, as far as a publisher to SQS queues can see it: the Query protocol, filter policies, delivery. */
@NullMarked
package dev.attache.sandbox.sns;

import org.jspecify.annotations.NullMarked;

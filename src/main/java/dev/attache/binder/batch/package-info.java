/** Collects single requests to SQS and SNS into batches of up to ten, and completes each request separately. */
@NullMarked
package dev.attache.binder.batch;

import org.jspecify.annotations.NullMarked;

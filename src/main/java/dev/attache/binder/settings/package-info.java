/** The settings of the binder and its bindings, under {@code spring.cloud.stream.sqs}. */
@NullMarked
package dev.attache.binder.settings;

import org.jspecify.annotations.NullMarked;

/** Traces of messages and mails, and the ids of requests in log lines. */
@NullMarked
package dev.attache.tracing;

import org.jspecify.annotations.NullMarked;

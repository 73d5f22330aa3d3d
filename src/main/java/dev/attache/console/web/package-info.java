/** The console in the context of the management port: sign-in, queues, audit, and what serves all controllers. */
@NullMarked
package dev.attache.console.web;

import org.jspecify.annotations.NullMarked;

/**
 * The application: its start, and the configuration that connects the binder with events, mails and AWS: how each
 * exception is classified, and how a rejected message is announced.
 */
@NullMarked
package dev.attache;

import org.jspecify.annotations.NullMarked;

/** Looks up queues and topics at start, and refuses those that would lose messages. It creates nothing. */
@NullMarked
package dev.attache.binder.provisioning;

import org.jspecify.annotations.NullMarked;

/**
 * The application: its start, and the wiring that joins the binder with events, mails and AWS: what each exception
 * means for a message, and how the rejection of a message is announced.
 */
@NullMarked
package dev.attache;

import org.jspecify.annotations.NullMarked;

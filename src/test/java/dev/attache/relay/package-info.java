/**
 * A scriptable SMTP server for tests. {@link dev.attache.relay.SmtpServer} speaks SMTP over a real socket, a
 * {@link dev.attache.relay.behaviour.Behaviour} decides how it answers at each stage of a conversation, and what it
 * received can be queried afterwards.
 */
@NullMarked
package dev.attache.relay;

import org.jspecify.annotations.NullMarked;

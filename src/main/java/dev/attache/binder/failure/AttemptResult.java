package dev.attache.binder.failure;

import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.message.ReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt to handle a message.
 *
 * @param attempts the number of attempts since the message was received, this one included
 * @param error what the attempt failed with; null if it succeeded
 * @param failure the classified error; null if the attempt succeeded
 */
public record AttemptResult(
        ReceivedMessage message,
        ProbeTicket ticket,
        int attempts,
        @Nullable Throwable error,
        @Nullable Failure failure) {}

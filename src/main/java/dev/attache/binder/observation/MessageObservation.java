package dev.attache.binder.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An observation that has begun. It is not stopped twice. */
public final class MessageObservation {

    static final MessageObservation NONE = new MessageObservation(null, null);

    private final @Nullable Observation observation;

    private final Observation.@Nullable Scope scope;

    /**
     * @param observation null if nothing is observed
     * @param scope open while this observation is the current one of its thread; null if it never is
     */
    MessageObservation(@Nullable Observation observation, Observation.@Nullable Scope scope) {
        this.observation = observation;
        this.scope = scope;
    }

    /**
     * The poll that is observed has ended.
     *
     * @param messages the messages that were received; null if it failed
     * @param error null if it succeeded
     */
    public void polled(@Nullable Collection<?> messages, @Nullable Throwable error) {
        if (observation != null && messages != null) {
            observation.highCardinalityKeyValue(MessagingKey.BATCH_COUNT, Integer.toString(messages.size()));
        }
        stop(error == null ? null : errorType(error));
    }

    /** The message that is observed was sent. */
    public void sent(@Nullable String messageId) {
        if (observation != null && messageId != null) {
            observation.highCardinalityKeyValue(MessagingKey.MESSAGE_ID, messageId);
        }
        stop(null);
    }

    /**
     * Ends the observation, in the thread that began it if it is the current one there.
     *
     * @param errorType the code or class of the error, without its text, which may contain addresses; null without one
     */
    public void stop(@Nullable String errorType) {
        if (observation == null) {
            return;
        }
        if (scope != null) {
            scope.close();
        }
        if (errorType != null) {
            observation.lowCardinalityKeyValue(KeyValue.of(MessagingKey.ERROR_TYPE, errorType));
            observation.error(new ErrorWithoutText(errorType));
        }
        observation.stop();
    }

    /** The class of an error, as a value of {@code error.type}. */
    public static String errorType(Throwable error) {
        return error.getClass().getName();
    }
}

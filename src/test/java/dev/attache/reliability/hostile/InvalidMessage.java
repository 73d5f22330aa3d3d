package dev.attache.reliability.hostile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that the worker must reject, or accept without harm.
 *
 * @param what what is wrong with it
 * @param acceptedBecause why the worker accepts it; absent if it must be dead-lettered
 */
record InvalidMessage(
        String what,
        String queue,
        String body,
        Map<String, String> attributes,
        @Nullable String acceptedBecause) {

    static InvalidMessage rejected(String what, String queue, String body) {
        return new InvalidMessage(what, queue, body, Map.of(), null);
    }

    static InvalidMessage accepted(String what, String queue, String body, String because) {
        return new InvalidMessage(what, queue, body, Map.of(), because);
    }

    InvalidMessage with(Map<String, String> attributes) {
        return new InvalidMessage(what, queue, body, attributes, acceptedBecause);
    }

    /**
     * With new ids of the event and, for a part, of its request, if the message has them: of several contents with one
     * id only one would be mailed.
     */
    InvalidMessage withId(String id) {
        String own = body.replace("\"id\":\"poison\"", "\"id\":\"" + id + "\"")
                .replaceAll("\"requestId\":\"(r|large)\"", "\"requestId\":\"" + id + "\"");
        return new InvalidMessage(what, queue, own, attributes, acceptedBecause);
    }

    boolean isRejected() {
        return acceptedBecause == null;
    }

    /** Without the body, which may be large. */
    @Override
    public String toString() {
        return queue + ": " + what;
    }
}

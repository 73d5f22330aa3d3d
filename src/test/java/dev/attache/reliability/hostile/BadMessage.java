package dev.attache.reliability.hostile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that somebody should not have sent.
 *
 * @param what what is bad about it
 * @param acceptedBecause why the worker takes it all the same; absent when it has to be dead-lettered
 */
record BadMessage(
        String what,
        String queue,
        String body,
        Map<String, String> attributes,
        @Nullable String acceptedBecause) {

    static BadMessage rejected(String what, String queue, String body) {
        return new BadMessage(what, queue, body, Map.of(), null);
    }

    static BadMessage accepted(String what, String queue, String body, String because) {
        return new BadMessage(what, queue, body, Map.of(), because);
    }

    BadMessage with(Map<String, String> attributes) {
        return new BadMessage(what, queue, body, attributes, acceptedBecause);
    }

    /**
     * With ids of its own, of the event and of the request that it is a part of, where it has them: of several contents
     * with the same id only one is sent.
     */
    BadMessage withId(String id) {
        String own = body.replace("\"id\":\"poison\"", "\"id\":\"" + id + "\"")
                .replaceAll("\"requestId\":\"(r|large)\"", "\"requestId\":\"" + id + "\"");
        return new BadMessage(what, queue, own, attributes, acceptedBecause);
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

package dev.attache.relay.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the server does at one stage of a conversation. */
public sealed interface Answer {

    /** A reply to the client. */
    sealed interface Response extends Answer {}

    /** The reply that an ordinary server gives at this stage. */
    record Standard() implements Response {}

    /** @param lines the text of each line, without the code; an enhanced status code belongs to the text */
    record Reply(int code, List<String> lines) implements Response {

        public Reply {
            lines = lines.isEmpty() ? List.of("") : List.copyOf(lines);
        }

        /** Success or, for DATA, permission to go on (RFC 5321, section 4.2.1). */
        public boolean positive() {
            return code < 400;
        }

        /** As it is sent, with the line ends. */
        public String rendered() {
            int last = lines.size() - 1;
            return IntStream.rangeClosed(0, last)
                    .mapToObj(i -> code + (i < last ? "-" : " ") + lines.get(i) + "\r\n")
                    .collect(Collectors.joining());
        }
    }

    /** Closes the connection orderly (TCP FIN), without a reply. */
    record Close() implements Answer {}

    /** Resets the connection (TCP RST), without a reply. */
    record Reset() implements Answer {}

    /**
     * Says nothing until the client disconnects, the server is closed, or {@link SmtpServer#release()} is called.
     *
     * @param whenReleased the late answer, given after a release
     */
    record Silence(Answer whenReleased) implements Answer {}

    record ReplyThenClose(Response response) implements Answer {}

    /**
     * @param afterBytes how many more bytes are read before the reset; after a 354 this resets in the middle of a
     *     message, at its final dot at the latest
     */
    record ReplyThenReset(Response response, int afterBytes) implements Answer {}

    /** Sends the reply byte by byte. */
    record Slowly(Response response, Duration pausePerByte) implements Answer {}

    record Delayed(Duration delay, Answer answer) implements Answer {}

    /**
     * At the end of data: records the mail as accepted, whatever the reply is. Otherwise a mail is recorded just before
     * a positive reply is sent.
     */
    record AcceptThen(Answer answer) implements Answer {}

    static Response standard() {
        return new Standard();
    }

    static Reply reply(int code, String... lines) {
        return new Reply(code, List.of(lines));
    }

    static Answer close() {
        return new Close();
    }

    static Answer reset() {
        return new Reset();
    }

    /** After a release, the connection is closed. */
    static Answer silence() {
        return new Silence(new Close());
    }

    /** After a release, the late answer is given. */
    static Answer silenceThen(Answer whenReleased) {
        return new Silence(whenReleased);
    }

    static Answer replyThenClose(Response response) {
        return new ReplyThenClose(response);
    }

    static Answer replyThenReset(Response response) {
        return new ReplyThenReset(response, 0);
    }

    static Answer replyThenReset(Response response, int afterBytes) {
        return new ReplyThenReset(response, afterBytes);
    }

    static Answer slowly(Response response, Duration pausePerByte) {
        return new Slowly(response, pausePerByte);
    }

    static Answer delayed(Duration delay, Answer answer) {
        return new Delayed(delay, answer);
    }

    static Answer acceptThen(Answer answer) {
        return new AcceptThen(answer);
    }
}

package dev.attache.relay;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Answer.AcceptThen;
import dev.attache.relay.behaviour.Answer.Close;
import dev.attache.relay.behaviour.Answer.Delayed;
import dev.attache.relay.behaviour.Answer.Reply;
import dev.attache.relay.behaviour.Answer.ReplyThenClose;
import dev.attache.relay.behaviour.Answer.ReplyThenReset;
import dev.attache.relay.behaviour.Answer.Reset;
import dev.attache.relay.behaviour.Answer.Response;
import dev.attache.relay.behaviour.Answer.Silence;
import dev.attache.relay.behaviour.Answer.Slowly;
import dev.attache.relay.behaviour.Answer.Standard;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Carries out answers on one connection. */
final class Responder {

    private final SmtpConnection connection;
    private final Script script;
    private final InstantSource clock;
    private Instant lastReply;

    Responder(SmtpConnection connection, Script script, InstantSource clock) {
        this.connection = connection;
        this.script = script;
        this.clock = clock;
        this.lastReply = clock.instant();
    }

    /** The clock's time just before the last reply was sent. */
    Instant lastReply() {
        return lastReply;
    }

    /**
     * @param standard the response that {@link Standard} means
     * @param onAccept called before a positive reply is sent; possibly more than once
     * @return the reply that the client was sent
     * @throws ConnectionEndedException if the answer ends the connection
     */
    Reply perform(Answer answer, Reply standard, Runnable onAccept) throws IOException {
        return switch (answer) {
            case Response response -> say(reply(response, standard), onAccept);
            case Close _ -> throw new ConnectionEndedException(false);
            case Reset _ -> throw new ConnectionEndedException(true);
            case Silence(Answer whenReleased) -> {
                awaitRelease();
                yield perform(whenReleased, standard, onAccept);
            }
            case ReplyThenClose(Response response) -> {
                say(reply(response, standard), onAccept);
                throw new ConnectionEndedException(false);
            }
            case ReplyThenReset(Response response, int afterBytes) -> {
                say(reply(response, standard), onAccept);
                connection.skip(afterBytes);
                throw new ConnectionEndedException(true);
            }
            case Slowly(Response response, var pausePerByte) -> {
                Reply reply = reply(response, standard);
                acceptIfPositive(reply, onAccept);
                lastReply = clock.instant();
                connection.writeSlowly(reply.rendered(), pausePerByte);
                yield reply;
            }
            case Delayed(var delay, Answer then) -> {
                connection.pause(delay);
                yield perform(then, standard, onAccept);
            }
            case AcceptThen(Answer then) -> {
                onAccept.run();
                yield perform(then, standard, onAccept);
            }
        };
    }

    Reply say(Reply reply) throws IOException {
        lastReply = clock.instant();
        connection.write(reply.rendered());
        return reply;
    }

    private Reply say(Reply reply, Runnable onAccept) throws IOException {
        acceptIfPositive(reply, onAccept);
        return say(reply);
    }

    private void awaitRelease() throws IOException {
        BooleanSupplier released = script.beginSilence();
        try {
            connection.waitUntil(released);
        } finally {
            script.endSilence();
        }
    }

    private static void acceptIfPositive(Reply reply, Runnable onAccept) {
        if (reply.positive()) {
            onAccept.run();
        }
    }

    private static Reply reply(Response response, Reply standard) {
        return switch (response) {
            case Standard _ -> standard;
            case Reply reply -> reply;
        };
    }
}

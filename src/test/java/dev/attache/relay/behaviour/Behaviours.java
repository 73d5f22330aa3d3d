package dev.attache.relay.behaviour;

import java.time.Duration;
import java.util.function.Predicate;

/** Ready-made behaviours. Those with state begin with their creation. */
public final class Behaviours {

    private Behaviours() {}

    public static Behaviour acceptAll() {
        return _ -> Answer.standard();
    }

    public static Behaviour at(Stage stage, Answer answer) {
        return when(step -> step.stage() == stage, _ -> answer);
    }

    public static Behaviour when(Predicate<Step> condition, Behaviour behaviour) {
        return step -> condition.test(step) ? behaviour.answer(step) : Answer.standard();
    }

    public static Behaviour refuseRecipients(Answer answer) {
        return at(Stage.RCPT_TO, answer);
    }

    /** 250 after the final dot, and the mail is recorded; then the connection is reset at QUIT. */
    public static Behaviour resetAtQuit() {
        return at(Stage.QUIT, Answer.reset());
    }

    /** The mail is recorded as accepted, but the final dot is not answered. */
    public static Behaviour acceptWithoutAnswer() {
        return at(Stage.END_OF_DATA, Answer.acceptThen(Answer.silence()));
    }

    /** 451 4.7.1 until the same recipient is tried again that long after its first try, by the server's clock. */
    public static Behaviour greylisting(Duration atLeast) {
        return new Greylisting(atLeast);
    }

    /**
     * 450 4.7.0 to mails that exceed this number in any second, by the server's clock.
     *
     * @param stage where mails are counted and refused: RCPT TO or the end of data
     */
    public static Behaviour throttling(int perSecond, Stage stage) {
        return new Throttling(perSecond, stage);
    }

    /** 421 and the end of the connection at the MAIL FROM after so many accepted mails. */
    public static Behaviour mailsPerConnection(int atMost) {
        return when(
                step -> step.stage() == Stage.MAIL_FROM && step.mailsOnConnection() >= atMost,
                _ -> Answer.replyThenClose(Answer.reply(421, "4.7.0 Too many mails on this connection")));
    }

    /** 421 and the end of a connection instead of the banner, if there are that many already. */
    public static Behaviour connectionsAtMost(int atMost) {
        return when(
                step -> step.stage() == Stage.CONNECT && step.openConnections() > atMost,
                _ -> Answer.replyThenClose(Answer.reply(421, "4.7.0 Too many connections")));
    }

    /**
     * Ends a connection on which no command was received for that long, by the server's clock.
     *
     * @param end for example {@link Answer#close()}, {@link Answer#reset()} or a 421 by {@link Answer#replyThenClose}
     */
    public static Behaviour dropIdle(Duration after, Answer end) {
        return when(step -> step.stage() == Stage.IDLE && step.idle().compareTo(after) >= 0, _ -> end);
    }

    public static Mixture mixture(long seed) {
        return mixture(seed, Mixture.Shares.standard());
    }

    public static Mixture mixture(long seed, Mixture.Shares shares) {
        return new Mixture(seed, shares);
    }

    /** @param condition on the recipient's address; before RCPT TO, {@code otherwise} is asked */
    public static Behaviour forRecipient(Predicate<String> condition, Behaviour then, Behaviour otherwise) {
        return step -> step.recipient().filter(condition).isPresent() ? then.answer(step) : otherwise.answer(step);
    }

    public static Behaviour forRecipient(String address, Behaviour then, Behaviour otherwise) {
        return forRecipient(address::equalsIgnoreCase, then, otherwise);
    }
}

package dev.attache.relay;

import java.util.function.Predicate;

/** Ready-made behaviours. Those that count or remember do so from their creation on. */
public final class Behaviours {

    private Behaviours() {
    }

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

    /** @param condition on the recipient's address; before RCPT TO, {@code otherwise} is asked */
    public static Behaviour forRecipient(Predicate<String> condition, Behaviour then, Behaviour otherwise) {
        return step -> step.recipient().filter(condition).isPresent() ? then.answer(step) : otherwise.answer(step);
    }

    public static Behaviour forRecipient(String address, Behaviour then, Behaviour otherwise) {
        return forRecipient(address::equalsIgnoreCase, then, otherwise);
    }
}

package dev.attache.relay.behaviour;

import dev.attache.relay.behaviour.Answer.Reply;
import dev.attache.relay.behaviour.Fate.Accepted;
import dev.attache.relay.behaviour.Fate.AcceptedAfterRefusals;
import dev.attache.relay.behaviour.Fate.AcceptedAfterResetsBeforeData;
import dev.attache.relay.behaviour.Fate.AcceptedAfterResetsDuringData;
import dev.attache.relay.behaviour.Fate.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A random mixture of answers. A recipient's fate depends on the seed and its address (in lower case) only, not on the
 * order of mails; how often it was refused or reset so far is counted per address. For mails with one recipient each.
 */
public final class Mixture implements Behaviour {

    private static final int MOST_TROUBLES = 3;
    private static final int MOST_BYTES = 400;
    private static final List<Reply> TEMPORARY = List.of(
            Answer.reply(450, "4.2.1 Mailbox busy"),
            Answer.reply(451, "4.3.0 Local error in processing"),
            Answer.reply(451, "4.7.1 Greylisted, please try again later"),
            Answer.reply(452, "4.3.1 Insufficient system storage"),
            Answer.reply(452, "4.2.2 Mailbox full"));
    private static final List<Reply> PERMANENT_FOR_RECIPIENTS = List.of(
            Answer.reply(550, "5.1.1 No such user"),
            Answer.reply(550, "5.1.2 Domain not found"),
            Answer.reply(550, "5.2.1 Mailbox disabled"),
            Answer.reply(552, "5.2.2 Mailbox full"),
            Answer.reply(553, "5.1.3 Bad recipient address syntax"));
    private static final List<Reply> PERMANENT_FOR_MESSAGES = List.of(
            Answer.reply(550, "5.7.1 Rejected for policy reasons"),
            Answer.reply(552, "5.3.4 Message too big"),
            Answer.reply(554, "5.6.0 Message content rejected"));

    /**
     * How often each kind of fate is drawn, in parts of their sum.
     *
     * @param deferred accepted after refusals
     */
    public record Shares(int accepted, int deferred, int refused, int resetBeforeData, int resetDuringData) {

        public static Shares standard() {
            return new Shares(60, 20, 10, 5, 5);
        }

        int sum() {
            return accepted + deferred + refused + resetBeforeData + resetDuringData;
        }
    }

    private final long seed;
    private final Shares shares;
    private final Map<String, Integer> troubles = new ConcurrentHashMap<>();

    Mixture(long seed, Shares shares) {
        this.seed = seed;
        this.shares = shares;
    }

    public Fate fateOf(String address) {
        var random =
                new SplittableRandom(seed * 0xD1342543DE82EF95L + key(address).hashCode());
        int draw = random.nextInt(shares.sum());
        int times = random.nextInt(1, MOST_TROUBLES + 1);
        Stage stage = random.nextBoolean() ? Stage.RCPT_TO : Stage.END_OF_DATA;
        int deferredFrom = shares.accepted();
        int refusedFrom = deferredFrom + shares.deferred();
        int resetBeforeFrom = refusedFrom + shares.refused();
        int resetDuringFrom = resetBeforeFrom + shares.resetBeforeData();
        if (draw < deferredFrom) {
            return new Accepted();
        }
        if (draw < refusedFrom) {
            return new AcceptedAfterRefusals(times, stage, oneOf(TEMPORARY, random));
        }
        if (draw < resetBeforeFrom) {
            return new Refused(
                    stage, oneOf(stage == Stage.RCPT_TO ? PERMANENT_FOR_RECIPIENTS : PERMANENT_FOR_MESSAGES, random));
        }
        return draw < resetDuringFrom
                ? new AcceptedAfterResetsBeforeData(times)
                : new AcceptedAfterResetsDuringData(times, random.nextInt(1, MOST_BYTES));
    }

    @Override
    public Answer answer(Step step) {
        return step.recipient()
                .map(recipient -> answer(step.stage(), recipient))
                .orElse(Answer.standard());
    }

    private Answer answer(Stage stage, String recipient) {
        return switch (fateOf(recipient)) {
            case Accepted _ -> Answer.standard();
            case AcceptedAfterRefusals(int refusals, Stage at, Reply reply) ->
                stage == at && another(recipient, refusals) ? reply : Answer.standard();
            case AcceptedAfterResetsBeforeData(int resets) ->
                stage == Stage.DATA && another(recipient, resets) ? Answer.reset() : Answer.standard();
            case AcceptedAfterResetsDuringData(int resets, int afterBytes) ->
                stage == Stage.DATA && another(recipient, resets)
                        ? Answer.replyThenReset(Answer.standard(), afterBytes)
                        : Answer.standard();
            case Refused(Stage at, Reply reply) -> stage == at ? reply : Answer.standard();
        };
    }

    /** @return whether this recipient had fewer faults than this; if so, one is counted */
    private boolean another(String recipient, int atMost) {
        return troubles.merge(key(recipient), 1, Integer::sum) <= atMost;
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    private static Reply oneOf(List<Reply> replies, SplittableRandom random) {
        return replies.get(random.nextInt(replies.size()));
    }
}

package dev.attache.upload;

import java.util.Random;
import java.util.function.Supplier;

/** Lets calls fail at random: before they take effect, or after it, when the response is lost. */
final class Faults {

    private final Random random;

    /** How many of a hundred calls fail. */
    int failing;

    Faults(Random random) {
        this.random = random;
    }

    <T> T mayFail(Supplier<T> call) {
        boolean fails = random.nextInt(100) < failing;
        boolean before = random.nextBoolean();
        if (fails && before) {
            throw new IllegalStateException("The call failed before it took effect");
        }
        T answer = call.get();
        if (fails) {
            throw new IllegalStateException("The call took effect, and its response was lost");
        }
        return answer;
    }
}

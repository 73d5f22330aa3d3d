package dev.attache.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A small cache of the answers to recent questions: bounded, forgetting the ones not asked for longest; an answer is
 * kept for a while, a failure is not. Who asks what is being asked already waits for that answer.
 */
final class RecentAnswers<Q, A> {

    private final Function<Q, A> source;

    private final Duration ttl;

    private final int size;

    private final Clock clock;

    /** In the order of access; guarded by itself. */
    private final Map<Q, Answer<A>> answers = new LinkedHashMap<>(16, 0.75f, true);

    RecentAnswers(Function<Q, A> source, Duration ttl, int size, Clock clock) {
        this.source = source;
        this.ttl = ttl;
        this.size = size;
        this.clock = clock;
    }

    /** The answer to this question, no older than the time to live. Throws what the source throws. */
    A get(Q question) {
        Answer<A> mine = new Answer<>(new CompletableFuture<>(), clock.instant().plus(ttl));
        Answer<A> standing;
        synchronized (answers) {
            standing = answers.get(question);
            if (standing == null || !standing.isFreshAt(clock.instant())) {
                standing = mine;
                remember(question, mine);
            }
        }
        return standing.equals(mine) ? ask(question, mine) : await(standing);
    }

    /** Asks anew, and remembers the answer. */
    A getFresh(Q question) {
        Answer<A> mine = new Answer<>(new CompletableFuture<>(), clock.instant().plus(ttl));
        synchronized (answers) {
            remember(question, mine);
        }
        return ask(question, mine);
    }

    private void remember(Q question, Answer<A> answer) {
        answers.put(question, answer);
        if (answers.size() > size) {
            answers.remove(answers.keySet().iterator().next());
        }
    }

    private A ask(Q question, Answer<A> mine) {
        try {
            A answer = source.apply(question);
            mine.future().complete(answer);
            return answer;
        } catch (Throwable e) {
            synchronized (answers) {
                answers.remove(question, mine);
            }
            mine.future().completeExceptionally(e);
            throw e;
        }
    }

    private static <A> A await(Answer<A> answer) {
        try {
            return answer.future().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private record Answer<A>(CompletableFuture<A> future, Instant staleAt) {

        boolean isFreshAt(Instant now) {
            return !future.isDone() || now.isBefore(staleAt);
        }
    }
}

package dev.attache.binder.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Calls that are in flight until a test ends them. The result of an accepted entry is the entry. */
final class PendingCalls implements BatchCall<String, String> {

    private final List<List<String>> sent = new ArrayList<>();

    private final List<CompletableFuture<BatchAnswer<String>>> answers = new ArrayList<>();

    @Override
    public synchronized CompletableFuture<BatchAnswer<String>> send(List<String> entries) {
        CompletableFuture<BatchAnswer<String>> answer = new CompletableFuture<>();
        answers.add(answer);
        sent.add(entries);
        return answer;
    }

    /** Ends the call with this number, counted from zero: all entries are accepted. */
    void end(int number) {
        end(number, Map.of());
    }

    /** Ends the call with this number; the entries with these ids are refused. */
    void end(int number, Map<String, Throwable> refused) {
        Map<String, String> taken = new HashMap<>();
        List<String> entries = sent().get(number);
        for (int i = 0; i < entries.size(); i++) {
            if (!refused.containsKey(Integer.toString(i))) {
                taken.put(Integer.toString(i), entries.get(i));
            }
        }
        answer(number, new BatchAnswer<>(taken, refused));
    }

    synchronized void answer(int number, BatchAnswer<String> answer) {
        answers.get(number).complete(answer);
    }

    synchronized void fail(int number, Throwable reason) {
        answers.get(number).completeExceptionally(reason);
    }

    synchronized List<List<String>> sent() {
        return List.copyOf(sent);
    }
}

package dev.attache.intake;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the invalid lines of a recipient list, up to {@value #MOST}, so that one rejection names all of them. */
final class ListProblems {

    static final int MOST = 20;

    /** The line numbers by problem. */
    private final Map<Problem, List<Long>> lines = new LinkedHashMap<>();

    private @Nullable RejectionCode first;

    private int count;

    private long last;

    /** @param ofLine whether the text is the rest of a sentence that begins with the line's number */
    private record Problem(boolean ofLine, String text) {}

    /** The name of a line in error messages. */
    static String where(long line) {
        return "line " + line + " of the recipient list";
    }

    /** Adds a line with the reason for its rejection. */
    void add(long line, RejectedException rejected) {
        String detail = rejected.detail();
        String where = where(line);
        Problem problem = detail.startsWith(where)
                ? new Problem(true, detail.substring(where.length()))
                : new Problem(false, detail);
        lines.computeIfAbsent(problem, some -> new ArrayList<>()).add(line);
        first = first == null ? rejected.code() : first;
        last = line;
        count++;
    }

    boolean isFull() {
        return count >= MOST;
    }

    /** @throws RejectedException with the code of the first invalid line, if there is any */
    void rejectIfAny() {
        if (first != null) {
            String all = String.join(
                    ". ",
                    lines.entrySet().stream()
                            .map(entry -> sentence(entry.getKey(), entry.getValue()))
                            .toList());
            throw new RejectedException(
                    first, isFull() ? all + ". The lines after line " + last + " were not checked" : all);
        }
    }

    private static String sentence(Problem problem, List<Long> numbers) {
        if (!problem.ofLine()) {
            return problem.text();
        }
        if (numbers.size() == 1) {
            return where(numbers.getFirst()) + problem.text();
        }
        String all = String.join(
                ", ",
                numbers.subList(0, numbers.size() - 1).stream()
                        .map(String::valueOf)
                        .toList());
        String each = problem.text().startsWith(":") ? problem.text() : ": each" + problem.text();
        return "lines " + all + " and " + numbers.getLast() + " of the recipient list" + each;
    }
}

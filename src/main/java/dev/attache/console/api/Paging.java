package dev.attache.console.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a list: {@code limit} says how many items to return, {@code after} is the {@code next} of the page before.
 *
 * @param limit 1 to 1,000
 */
public record Paging(int limit, @Nullable String after) {

    /** The default of {@code limit}, for annotations. */
    public static final String DEFAULT_LIMIT = "100";

    private static final int MOST = 1_000;

    /** @throws ApiException if the limit is out of range */
    public Paging {
        if (limit < 1 || limit > MOST) {
            throw new ApiException(ApiProblem.BAD_REQUEST, "limit is %d, but must be 1 to %d".formatted(limit, MOST));
        }
    }

    /**
     * A page of a list.
     *
     * @param items those of this page
     * @param next what to send as {@code after} for the next page; missing on the last page
     */
    public record Page<T>(List<T> items, @Nullable String next) {}

    /**
     * The page of a list that is in memory.
     *
     * @param cursor what identifies an item, such as its id
     * @throws ApiException if no item has the cursor
     */
    public <T> Page<T> of(List<T> all, Function<T, String> cursor) {
        int from = after == null ? 0 : indexAfter(all, cursor, after);
        int to = Math.min(all.size(), from + limit);
        List<T> items = List.copyOf(all.subList(from, to));
        return new Page<>(items, to < all.size() ? cursor.apply(items.getLast()) : null);
    }

    private static <T> int indexAfter(List<T> all, Function<T, String> cursor, String after) {
        for (int i = 0; i < all.size(); i++) {
            if (cursor.apply(all.get(i)).equals(after)) {
                return i + 1;
            }
        }
        throw new ApiException(
                ApiProblem.CONFLICT, "The list has changed and no longer contains the item of after: begin without it");
    }
}

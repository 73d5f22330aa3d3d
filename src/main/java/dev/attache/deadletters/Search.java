package dev.attache.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * Which letters of a snapshot to list.
 *
 * @param text a part of any text of the letter, in any case; null for all letters
 * @param code the code of the letter's group; null for any
 * @param source the source of the letter's group; null for any
 */
public record Search(
        @Nullable String text,
        @Nullable String code,
        @Nullable String source) {

    public static final Search ALL = new Search(null, null, null);
}

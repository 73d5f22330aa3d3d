package dev.attache.contract.value;

import org.jspecify.annotations.Nullable;

/** What the sender wants said in the mail. Plain text, never markup. */
public record MessageText(
        @Nullable String subject, @Nullable String text) {}

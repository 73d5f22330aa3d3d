package dev.attache.contract.value;

import org.jspecify.annotations.Nullable;

/** The sender's own text for a mail. Plain text; markup is not interpreted. */
public record MessageText(
        @Nullable String subject, @Nullable String text) {}

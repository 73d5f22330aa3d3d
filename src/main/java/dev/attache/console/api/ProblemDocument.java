package dev.attache.console.api;

import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused (RFC 9457).
 *
 * @param title how to mend the request
 * @param status the HTTP status
 * @param detail what was wrong with this request; missing if the title says it
 * @param code the kind of the problem, for scripts
 */
public record ProblemDocument(
        String title, int status, @Nullable String detail, String code) {}

package dev.attache.console.api;

/**
 * Why a request was refused (RFC 9457).
 *
 * @param title how to mend the request
 * @param status the HTTP status
 * @param detail what was wrong with this request
 * @param code the kind of the problem, for scripts
 */
public record ProblemDocument(String title, int status, String detail, String code) {}

package dev.attache.relay.traffic;

/**
 * Credentials that a client presented.
 *
 * @param mechanism {@code PLAIN} or {@code LOGIN}
 */
public record Authentication(String mechanism, String user, String password) {}

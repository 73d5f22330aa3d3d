package dev.attache.reliability.worker;

/** The ways in which a service fails. */
public enum Fault {
    /** It answers that it is unavailable: HTTP 503, SMTP 421. */
    UNAVAILABLE,
    /** It accepts connections and does not answer. */
    HANG,
    /** It resets every connection. */
    RESET,
    /** It answers that a rate was exceeded, in the form of the service. */
    THROTTLE
}

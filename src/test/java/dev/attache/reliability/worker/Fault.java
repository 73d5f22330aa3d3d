package dev.attache.reliability.worker;

/** What a service may do instead of its work. */
public enum Fault {
    /** It says that it is not there: HTTP 503, SMTP 421. */
    UNAVAILABLE,
    /** It takes connections and never says a word. */
    HANG,
    /** It resets every connection. */
    RESET,
    /** It says that there was too much of it, in its own words. */
    THROTTLE
}

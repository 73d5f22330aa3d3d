package dev.attache.delivery;

import java.time.Duration;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** Relays for tests. */
final class Relays {

    private Relays() {
    }

    /** One that holds nothing back. */
    static Relay open(MailTransport transport) {
        return new Relay(transport, CircuitBreaker.ofDefaults("mail"), Integer.MAX_VALUE, 100, Duration.ofSeconds(5));
    }
}

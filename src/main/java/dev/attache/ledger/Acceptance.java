package dev.attache.ledger;

import java.time.Instant;

/**
 * The relay's acceptance of a mail, as the claim on the mail keeps it.
 *
 * @param at when the relay's reply arrived
 * @param reply the relay's reply in one line, such as {@code 250 2.0.0 Ok: queued as 4A3}, without addresses
 */
public record Acceptance(Instant at, String reply) {}

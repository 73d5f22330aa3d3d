package dev.attache.ledger.downloads;

/**
 * The content of a genuine token.
 *
 * @param key the delivery whose page it opens
 * @param generation 0 in the delivery's own mail, n in the mail of the n-th renewal
 */
public record PageToken(DeliveryKey key, int generation) {}

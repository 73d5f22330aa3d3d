package dev.attache.contract.value;

/**
 * The campaign that a newsletter belongs to.
 *
 * @param id the campaign's id
 * @param unsubscribeUrl where a one-click POST (RFC 8058) ends the subscription, by https; {@code {recipient}} in it
 *     stands for the recipient's address, and with that in it it has 900 characters at most
 */
public record Campaign(String id, String unsubscribeUrl) {}

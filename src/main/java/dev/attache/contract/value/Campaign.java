package dev.attache.contract.value;

/**
 * The campaign that a newsletter belongs to.
 *
 * @param id the campaign's id
 * @param unsubscribeUrl the https URL of the one-click POST (RFC 8058) that ends the subscription. {@code {recipient}}
 *     is replaced by the recipient's address; the result may have at most 900 characters
 */
public record Campaign(String id, String unsubscribeUrl) {}

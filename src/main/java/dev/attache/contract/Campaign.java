package dev.attache.contract;

/**
 * The campaign that a newsletter belongs to.
 *
 * @param id             the campaign's id
 * @param unsubscribeUrl where a one-click POST (RFC 8058) ends the subscription; {@code {recipient}} in it stands for the
 *                       recipient's address
 */
public record Campaign(String id, String unsubscribeUrl) {
}

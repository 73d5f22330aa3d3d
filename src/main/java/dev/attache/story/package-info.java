/**
 * What became of a request, for operators: looks up in the ledger which mails it led to and how their links were used,
 * finds requests by recipient or object, sends mails again, revokes and extends links, and requests a link by hand.
 */
@NullMarked
package dev.attache.story;

import org.jspecify.annotations.NullMarked;

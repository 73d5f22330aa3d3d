/**
 * State in S3: open uploads, when each of them expires, and claims on mails. Every record is an object that is written
 * conditionally.
 */
@NullMarked
package dev.attache.ledger;

import org.jspecify.annotations.NullMarked;

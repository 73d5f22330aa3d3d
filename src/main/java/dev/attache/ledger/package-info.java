/**
 * The state that is kept, as S3 objects that are written conditionally: open uploads, when each is due, and claims on
 * mails. The keys of the installation are kept here as well.
 */
@NullMarked
package dev.attache.ledger;

import org.jspecify.annotations.NullMarked;

/**
 * State of download pages in S3: which page belongs to a link's token, how often it was used, and whether its links
 * were revoked or extended.
 */
@NullMarked
package dev.attache.ledger.downloads;

import org.jspecify.annotations.NullMarked;

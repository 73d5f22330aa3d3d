/** The secret keys of the installation: read from the configuration, or created once in the ledger's bucket. */
@NullMarked
package dev.attache.ledger.keys;

import org.jspecify.annotations.NullMarked;

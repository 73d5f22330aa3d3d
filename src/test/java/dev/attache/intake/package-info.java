/** Tests of the intake, with test doubles for S3, the ledger and the signer. */
@NullMarked
package dev.attache.intake;

import org.jspecify.annotations.NullMarked;

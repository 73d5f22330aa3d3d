/** Tests of the intake, on doubles that stand for S3, the ledger and the signer. */
@NullMarked
package dev.attache.intake;

import org.jspecify.annotations.NullMarked;

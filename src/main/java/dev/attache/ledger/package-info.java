/**
 * The little state there is, kept as S3 objects that are written conditionally: the uploads that are open, when each is
 * due, and the claims on mails. The keys of the installation are kept here as well.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"contract"})
package dev.attache.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

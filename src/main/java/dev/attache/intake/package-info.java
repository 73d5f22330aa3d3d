/**
 * One class per inbound event, each a plain {@link java.util.function.Function} from a message to the messages that follow
 * from it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"contract", "link", "ledger"})
package dev.attache.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

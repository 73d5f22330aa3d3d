/** Each flow from end to end: events in, and mails, files and events out, with a whole worker and real HTTP. */
@NullMarked
package dev.attache.flows;

import org.jspecify.annotations.NullMarked;

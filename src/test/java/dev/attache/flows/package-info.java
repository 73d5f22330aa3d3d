/** The flows from end to end: events in, through the whole worker, to mails, files and events out, over real HTTP. */
@NullMarked
package dev.attache.flows;

import org.jspecify.annotations.NullMarked;

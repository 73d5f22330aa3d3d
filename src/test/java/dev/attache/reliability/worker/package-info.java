/** The worker under test, its AWS and mail relay, the events that it is sent, and their results. */
@NullMarked
package dev.attache.reliability.worker;

import org.jspecify.annotations.NullMarked;

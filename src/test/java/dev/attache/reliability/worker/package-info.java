/** The worker under test, its AWS and mail relay, the events it is sent, and what became of them. */
@NullMarked
package dev.attache.reliability.worker;

import org.jspecify.annotations.NullMarked;

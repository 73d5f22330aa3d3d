/** Mails while the relay fails, refuses or is slow. */
@NullMarked
package dev.attache.reliability.mail;

import org.jspecify.annotations.NullMarked;

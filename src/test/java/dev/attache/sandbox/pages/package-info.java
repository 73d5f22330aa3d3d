/** The sandbox's pages: send the samples, watch the queues, read the mails. */
@NullMarked
package dev.attache.sandbox.pages;

import org.jspecify.annotations.NullMarked;

/** The pages of the sandbox, on which samples are sent and queues and mails are shown. */
@NullMarked
package dev.attache.sandbox.pages;

import org.jspecify.annotations.NullMarked;

/** Languages, dates, sizes, media types and colours, formatted for people who read mails and pages. */
@NullMarked
package dev.attache.wording;

import org.jspecify.annotations.NullMarked;

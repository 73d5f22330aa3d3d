/** Languages, dates, sizes and types of files, as people read them in mails and on pages. */
@NullMarked
package dev.attache.wording;

import org.jspecify.annotations.NullMarked;

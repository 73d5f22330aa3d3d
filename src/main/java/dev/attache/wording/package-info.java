/**
 * How this worker speaks to people, in mails and on pages: which language, how a date, a size or a type of file is
 * said, and what is taken out of other people's words before they are shown.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.attache.wording;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

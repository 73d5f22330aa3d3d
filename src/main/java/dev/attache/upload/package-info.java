/** Opens uploads, checks and announces arrived files, and settles expired uploads. */
@NullMarked
package dev.attache.upload;

import org.jspecify.annotations.NullMarked;

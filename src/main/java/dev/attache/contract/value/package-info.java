/** The values in events, and the codes of rejections. */
@NullMarked
package dev.attache.contract.value;

import org.jspecify.annotations.NullMarked;

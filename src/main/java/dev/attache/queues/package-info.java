/** The queues that this installation uses: which there are, how full they are, and which inputs are paused. */
@NullMarked
package dev.attache.queues;

import org.jspecify.annotations.NullMarked;

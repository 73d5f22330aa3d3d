/** Sends some meters to Amazon CloudWatch, for alarms and for scaling. */
@NullMarked
package dev.attache.cloudwatch;

import org.jspecify.annotations.NullMarked;

/** Tests of meters in CloudWatch. */
@NullMarked
package dev.attache.cloudwatch;

import org.jspecify.annotations.NullMarked;

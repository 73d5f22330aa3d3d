/** The record of what operators did, in S3. */
@NullMarked
package dev.attache.audit;

import org.jspecify.annotations.NullMarked;

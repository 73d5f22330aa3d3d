/**
 * The API for links to objects in S3: download links, upload links and upload forms, with the time at which S3 starts
 * to refuse them.
 */
@NullMarked
package dev.attache.link;

import org.jspecify.annotations.NullMarked;

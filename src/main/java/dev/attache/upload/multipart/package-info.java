/** Multipart uploads of the upload page: started or resumed, their parts signed, completed, and aborted. */
@NullMarked
package dev.attache.upload.multipart;

import org.jspecify.annotations.NullMarked;

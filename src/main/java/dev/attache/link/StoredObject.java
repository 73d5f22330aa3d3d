package dev.attache.link;

import java.time.Instant;

import dev.attache.contract.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * An object as S3 describes it in answer to HEAD.
 *
 * @param object     its coordinates, with the version id where the bucket has versions
 * @param eTag       without quotes
 */
public record StoredObject(ObjectRef object, long contentLength, String contentType, String eTag,
        @Nullable String requestId, Instant lastModified) {
}

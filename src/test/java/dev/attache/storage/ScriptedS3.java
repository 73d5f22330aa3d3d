package dev.attache.storage;

import dev.attache.contract.value.ObjectRef;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Answers HEAD and GET with what a test sets, and counts them. */
final class ScriptedS3 implements S3Client {

    static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    static final ObjectRef OBJECT = new ObjectRef("attachments", "downloads/a.pdf", null);

    static final byte[] CONTENT = {1, 2, 3};

    final AtomicInteger heads = new AtomicInteger();

    final AtomicInteger gets = new AtomicInteger();

    Function<HeadObjectRequest, HeadObjectResponse> headAnswer = request -> found();

    /** The error of every GET; null for {@link #content}. */
    @Nullable
    S3Exception getFailure;

    Supplier<InputStream> content = () -> new ByteArrayInputStream(CONTENT);

    @Nullable
    String contentRange = "bytes 0-2/3";

    @Nullable
    GetObjectRequest lastGet;

    /** Whether the connection of a GET was dropped. */
    boolean aborted;

    static HeadObjectResponse found() {
        return HeadObjectResponse.builder()
                .contentLength(48_211L)
                .contentType("application/pdf")
                .eTag("\"abc\"")
                .versionId("v7")
                .lastModified(START)
                .build();
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        heads.incrementAndGet();
        return headAnswer.apply(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        lastGet = request;
        gets.incrementAndGet();
        if (getFailure != null) {
            throw getFailure;
        }
        return new ResponseInputStream<>(
                GetObjectResponse.builder().contentRange(contentRange).build(),
                AbortableInputStream.create(content.get(), () -> aborted = true));
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}

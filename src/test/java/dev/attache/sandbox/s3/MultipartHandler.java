package dev.attache.sandbox.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.gaul.shaded.org.eclipse.jetty.http.HttpField;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.BufferUtil;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.gaul.shaded.org.eclipse.jetty.util.Fields;

/**
 * Adds to S3Proxy what the worker and its pages need of multipart uploads: ListParts states the SHA-256 of each part,
 * CompleteMultipartUpload knows {@code x-amz-mp-object-size}, and UploadPart answers to the pages' origin (CORS).
 * S3Proxy refuses headers that it does not know; it can only be told to ignore them all, so this handler refuses the
 * others.
 */
final class MultipartHandler extends Handler.Wrapper {

    private static final String SIZE = "x-amz-mp-object-size";

    private static final Pattern PART_NUMBER = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

    private final PendingMultiparts multiparts;

    private final Set<String> known;

    private final String pages;

    /**
     * @param known the names of all headers beginning with {@code x-amz-} that S3Proxy knows
     * @param pages the origin of the pages
     */
    MultipartHandler(PendingMultiparts multiparts, Set<String> known, String pages) {
        this.multiparts = multiparts;
        this.known = known;
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().stream().anyMatch(this::isUnknown)) {
            Response.writeError(request, response, callback, 501);
            return true;
        }
        Fields parameters = Request.extractQueryParameters(request);
        String uploadId = parameters.getValue("uploadId");
        Response answer = response;
        if (uploadId != null && request.getMethod().equals("GET")) {
            answer = new WithChecksums(request, response, uploadId);
        } else if (uploadId != null && pages.equals(request.getHeaders().get("Origin"))) {
            answer = new ForPages(request, response);
        }
        Response given = answer;
        String size = request.getHeaders().get(SIZE);
        return multiparts.withStatedSize(
                size == null ? null : Long.valueOf(size), () -> super.handle(request, given, callback));
    }

    private boolean isUnknown(HttpField header) {
        String name = header.getLowerCaseName().toLowerCase(Locale.ROOT);
        return name.startsWith("x-amz-")
                && !name.startsWith("x-amz-meta-")
                && !name.equals(SIZE)
                && !known.contains(name);
    }

    /** An answer that the pages' script may read. The header is added last, because S3Proxy clears all headers. */
    private final class ForPages extends Response.Wrapper {

        ForPages(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback written) {
            if (!isCommitted()) {
                getHeaders().put("Access-Control-Allow-Origin", pages);
            }
            super.write(last, content, written);
        }
    }

    /** A list of parts, to which their checksums are added. */
    private final class WithChecksums extends Response.Wrapper {

        private final String uploadId;

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        WithChecksums(Request request, Response response, String uploadId) {
            super(request, response);
            this.uploadId = uploadId;
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback written) {
            if (content != null) {
                body.writeBytes(BufferUtil.toArray(content));
                content.position(content.limit());
            }
            if (!last) {
                written.succeeded();
                return;
            }
            byte[] complete = PART_NUMBER
                    .matcher(body.toString(StandardCharsets.UTF_8))
                    .replaceAll(this::withChecksum)
                    .getBytes(StandardCharsets.UTF_8);
            getHeaders().put(HttpHeader.CONTENT_LENGTH, complete.length);
            super.write(true, ByteBuffer.wrap(complete), written);
        }

        private String withChecksum(MatchResult part) {
            String sha256 = multiparts.checksum(uploadId, Integer.parseInt(part.group(1)));
            return sha256 == null ? part.group() : part.group() + "<ChecksumSHA256>" + sha256 + "</ChecksumSHA256>";
        }
    }
}

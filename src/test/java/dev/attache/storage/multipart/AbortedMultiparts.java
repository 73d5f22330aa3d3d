package dev.attache.storage.multipart;

import dev.attache.contract.value.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** Records which multipart uploads are aborted. Nothing else is done with them. */
public final class AbortedMultiparts implements MultipartObjects {

    /** The ids, each as often as it was aborted. */
    public final List<String> aborted = new ArrayList<>();

    public boolean refused;

    @Override
    public void abort(ObjectRef object, String uploadId) {
        if (refused) {
            throw new IllegalStateException("AccessDenied");
        }
        aborted.add(uploadId);
    }

    @Override
    public String create(CreateMultipartUploadRequest request) {
        throw new AssertionError("No multipart upload is started");
    }

    @Override
    public Optional<List<StoredPart>> parts(ObjectRef object, String uploadId) {
        throw new AssertionError("No parts are listed");
    }

    @Override
    public Completion complete(ObjectRef object, String uploadId, long size, List<StoredPart> parts) {
        throw new AssertionError("No multipart upload is completed");
    }

    @Override
    public Optional<String> checksum(ObjectRef object) {
        throw new AssertionError("No checksum is read");
    }
}

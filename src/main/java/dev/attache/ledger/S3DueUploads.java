package dev.attache.ledger;

import dev.attache.ledger.objects.S3DueIndex;
import dev.attache.ledger.objects.S3DueIndex.Marker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;

/** The due index of uploads: markers at {@code due/<UTC minute>/<upload id>} in the ledger's folder. */
final class S3DueUploads implements DueUploads {

    private final S3DueIndex index;

    S3DueUploads(S3Client s3, String bucket, String prefix) {
        this.index = new S3DueIndex(s3, bucket, prefix + "due/");
    }

    @Override
    public void add(UUID id, Instant expiresAt) {
        index.add(marker(new Due(expiresAt, id)));
    }

    @Override
    public List<Due> until(Instant time, int limit) {
        return index.until(time, limit, S3DueUploads::due);
    }

    @Override
    public List<Due> untilAfter(Due last, Instant time, int limit) {
        return index.untilAfter(marker(last), time, limit, S3DueUploads::due);
    }

    @Override
    public void remove(Due due) {
        index.remove(marker(due));
    }

    @Override
    public int count(int most) {
        return index.count(most);
    }

    private static Marker marker(Due due) {
        return new Marker(due.minute(), due.id().toString());
    }

    /** Returns nothing for a marker of something else. */
    private static Optional<Due> due(Marker marker) {
        try {
            return Optional.of(UUID.fromString(marker.name()))
                    .filter(id -> id.toString().equals(marker.name()))
                    .map(id -> new Due(marker.minute(), id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

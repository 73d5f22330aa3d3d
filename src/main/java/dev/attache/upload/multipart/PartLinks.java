package dev.attache.upload.multipart;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Signs the parts of a multipart upload, each for its size and its content. */
public final class PartLinks {

    /** The most parts that are signed at once. */
    public static final int MOST = 20;

    private final LinkSigner signer;

    private final Duration lifetime;

    private final Duration minimum;

    /**
     * @param lifetime of the links
     * @param minimum the shortest lifetime of a useful link
     */
    public PartLinks(LinkSigner signer, Duration lifetime, Duration minimum) {
        this.signer = signer;
        this.lifetime = lifetime;
        this.minimum = minimum;
    }

    /**
     * A part that is due.
     *
     * @param number from 1
     * @param sha256 the SHA-256 of its content in base64
     */
    public record DuePart(int number, String sha256) {

        public DuePart {
            if (!PartChecksums.isSha256(sha256)) {
                throw new IllegalArgumentException("A part's checksum is not a SHA-256 in base64");
            }
        }
    }

    /** A link for one part. */
    public record PartLink(int number, SignedLink link) {}

    /** The links, or why there are none. */
    public sealed interface Result {

        /** A link for each part. */
        record Signed(List<PartLink> parts) implements Result {

            public Signed {
                parts = List.copyOf(parts);
            }
        }

        /** There is no such multipart upload (any more): the tab starts again. */
        record Unknown() implements Result {}
    }

    /**
     * Signs parts. The upload must be open: the caller checks its expiry.
     *
     * @param number the file's number
     * @throws IllegalArgumentException if the file has no such part, or if there are more than {@link #MOST}
     * @throws dev.attache.link.LinkNotSignableException if the credentials expire too soon
     */
    public Result sign(OpenUpload upload, int number, String uploadId, List<DuePart> due) {
        if (due.size() > MOST) {
            throw new IllegalArgumentException("At most " + MOST + " parts are signed at once");
        }
        Optional<UploadFile> file = upload.file(number)
                .filter(it -> it.open() && it.multipart(uploadId).isPresent());
        if (file.isEmpty() || upload.ended()) {
            return new Result.Unknown();
        }
        MultipartUpload multipart = file.get().multipart(uploadId).orElseThrow();
        return new Result.Signed(due.stream()
                .map(part -> new PartLink(part.number(), link(upload, file.get(), multipart, part)))
                .toList());
    }

    private SignedLink link(OpenUpload upload, UploadFile file, MultipartUpload multipart, DuePart part) {
        PartPlan plan = PartPlan.of(multipart);
        if (!plan.has(part.number())) {
            throw new IllegalArgumentException("The file has " + plan.count() + " parts");
        }
        return signer.part(
                Multiparts.object(upload, file),
                multipart.uploadId(),
                part.number(),
                plan.size(part.number()),
                part.sha256(),
                lifetime,
                minimum);
    }
}

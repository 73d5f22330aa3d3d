package dev.attache.storage;

import dev.attache.aws.ObjectReads;
import dev.attache.contract.value.ObjectRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds out, when S3 refuses an object, whether it refuses that object alone or whatever this worker asks. The
 * reference is another object of the same first folder: the last one that could be read, or else some that lie in the
 * same folders. An object of the worker's own would not do, for the ledger is another folder, with a permission of its
 * own. Why, and what was decided against: docs/decisions/0008.
 */
public final class ObjectAccess {

    /** Of each folder. */
    private static final int MOST_NEIGHBOURS = 3;

    /** A folder may begin with the object itself and with the marker that consoles make for a folder. */
    private static final int LISTED = MOST_NEIGHBOURS + 2;

    /** So many first folders are remembered; a source's prefix may begin with its events' subject. */
    private static final int MOST_FOLDERS = 1000;

    private final S3Client s3;

    /**
     * The object that could be read last, by bucket and first folder: policies often have a statement for each of these
     * folders.
     */
    private final Map<ObjectRef, ObjectRef> readable = new ConcurrentHashMap<>();

    private final boolean compares;

    /** @param compares whether others are asked; where not, every refusal is taken to be of the object alone */
    public ObjectAccess(S3Client s3, boolean compares) {
        this.s3 = s3;
        this.compares = compares;
    }

    /** S3 has described this object. */
    void allowed(ObjectRef object) {
        ObjectRef folder = folder(object);
        if (readable.size() < MOST_FOLDERS || readable.containsKey(folder)) {
            readable.put(folder, object);
        }
    }

    /**
     * Returns when S3 refuses this object alone.
     *
     * @throws ObjectsRefusedException when it refuses others too, or when there is none to compare with: then nothing
     *     is held against the object
     */
    void requireOthersAllowed(ObjectRef refused) {
        if (!compares) {
            return;
        }
        ObjectRef known = readable.get(folder(refused));
        if (known != null && !known.equals(refused)) {
            switch (ask(known)) {
                case ALLOWED -> {
                    return;
                }
                case REFUSED -> {
                    requireRefusal(known);
                    return;
                }
                case MISSING -> readable.remove(folder(refused), known);
            }
        }
        List<ObjectRef> neighbours = neighbours(refused);
        if (neighbours.stream().noneMatch(neighbour -> ask(neighbour) == Answer.ALLOWED)) {
            requireRefusal(neighbours.isEmpty() ? refused : neighbours.getFirst());
        }
    }

    /** The first folder of a key, or the bucket's root. */
    private static ObjectRef folder(ObjectRef object) {
        return new ObjectRef(
                object.bucket(), object.key().substring(0, object.key().indexOf('/') + 1), null);
    }

    private enum Answer {
        ALLOWED,
        REFUSED,
        MISSING
    }

    private Answer ask(ObjectRef object) {
        try {
            s3.headObject(it -> it.bucket(object.bucket())
                    .key(object.key())
                    .versionId(object.versionId())
                    .overrideConfiguration(ObjectAccess::markRead));
            return Answer.ALLOWED;
        } catch (S3Exception e) {
            if (isRefusal(e)) {
                return Answer.REFUSED;
            }
            if (e.statusCode() >= 400 && e.statusCode() < 500 && !e.isThrottlingException()) {
                return Answer.MISSING;
            }
            throw e;
        }
    }

    /**
     * Asks for a byte of it, for only the answer to a GET has a code ("HeadObject": a HEAD has no body). This call
     * counts as the worker's own, as those for one object do not.
     */
    private void requireRefusal(ObjectRef object) {
        try {
            s3.getObject(it -> it.bucket(object.bucket())
                            .key(object.key())
                            .versionId(object.versionId())
                            .range("bytes=0-0"))
                    .close();
        } catch (S3Exception e) {
            if (isRefusal(e)) {
                String code = e.awsErrorDetails() == null
                        ? "status " + e.statusCode()
                        : e.awsErrorDetails().errorCode();
                throw new ObjectsRefusedException(
                        ("S3 refuses this worker the objects of bucket %s (%s): allow it s3:GetObject on them and the"
                            + " use of their KMS key, and s3:ListBucket, which lets S3 tell a missing object from a"
                            + " forbidden one")
                                .formatted(object.bucket(), code),
                        e);
            }
            if (e.statusCode() >= 500 || e.isThrottlingException()) {
                throw e;
            }
            // It is missing, or empty (416): S3 would not have said so to a worker that it refuses.
        } catch (IOException closing) {
            // It was answered.
        }
    }

    /** No permission, whatever the reason; or a KMS key that cannot be used. */
    static boolean isRefusal(S3Exception e) {
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
        return (e.statusCode() == 403 && !code.equals("InvalidObjectState")) || code.startsWith("KMS.");
    }

    /**
     * Whether S3 answers for another object of the folder, or for this one by now, after it has failed on this one. The
     * call counts as the worker's own: a service that is down for all is noticed by it.
     */
    boolean answersForAnother(ObjectRef failed) {
        ObjectRef known = readable.get(folder(failed));
        ObjectRef asked = known == null ? failed : known;
        boolean another = !asked.equals(failed);
        if (!compares) {
            return false;
        }
        try {
            s3.headObject(it -> it.bucket(asked.bucket()).key(asked.key()).versionId(asked.versionId()));
            return another;
        } catch (S3Exception e) {
            return another && e.statusCode() < 500;
        }
    }

    /** Of the call for an object itself. */
    void markQuestion(AwsRequestOverrideConfiguration.Builder call) {
        markRead(call);
        call.putExecutionAttribute(ObjectReads.COMPARED, compares);
    }

    static void markRead(AwsRequestOverrideConfiguration.Builder call) {
        call.putExecutionAttribute(ObjectReads.OF_OBJECT, true);
    }

    /** Some of its folder, and of the first folder of all; none where they may not be listed. */
    private List<ObjectRef> neighbours(ObjectRef object) {
        Collection<String> folders = new LinkedHashSet<>();
        folders.add(object.key().substring(0, object.key().lastIndexOf('/') + 1));
        folders.add(object.key().substring(0, object.key().indexOf('/') + 1));
        List<ObjectRef> neighbours = new ArrayList<>();
        for (String folder : folders) {
            list(object.bucket(), folder).stream()
                    .map(S3Object::key)
                    .filter(key -> !key.equals(object.key()) && !key.endsWith("/"))
                    .limit(MOST_NEIGHBOURS)
                    .map(key -> new ObjectRef(object.bucket(), key, null))
                    .forEach(neighbours::add);
        }
        return neighbours;
    }

    private List<S3Object> list(String bucket, String folder) {
        try {
            // Of the bucket's root no folders: the ledger's is one.
            return s3.listObjectsV2(it -> it.bucket(bucket)
                            .prefix(folder)
                            .delimiter(folder.isEmpty() ? "/" : null)
                            .maxKeys(LISTED)
                            .overrideConfiguration(ObjectAccess::markRead))
                    .contents();
        } catch (S3Exception e) {
            if (isRefusal(e)) {
                return List.of();
            }
            throw e;
        }
    }
}

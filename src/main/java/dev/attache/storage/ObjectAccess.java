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
 * Decides, when S3 refuses an object or fails on it, whether the cause is that object or the worker's access to all
 * objects. It compares with the last object in the same top-level folder that could be read. If there is none, it
 * compares with some objects of the same folder and of the same top-level folder. It does not compare with the worker's
 * own objects, which are in other folders and may have other permissions. docs/decisions/0008 records why.
 */
public final class ObjectAccess {

    /** Compared objects of each folder. */
    private static final int MOST_NEIGHBOURS = 3;

    /**
     * Two more than compared: the list may contain the object itself and the marker that consoles create for a folder.
     */
    private static final int LISTED = MOST_NEIGHBOURS + 2;

    /**
     * The number of top-level folders with a known readable object; a prefix may begin with the subject, so there may
     * be many.
     */
    private static final int MOST_FOLDERS = 1000;

    private final S3Client s3;

    /**
     * The last object that could be read, by bucket and top-level folder: IAM policies often have a statement for each
     * of them.
     */
    private final Map<ObjectRef, ObjectRef> readable = new ConcurrentHashMap<>();

    private final boolean compares;

    /**
     * @param compares whether other objects are compared; if false, every refusal is taken to be about the object alone
     */
    public ObjectAccess(S3Client s3, boolean compares) {
        this.s3 = s3;
        this.compares = compares;
    }

    /** Records that S3 has answered for this object. */
    void recordReadable(ObjectRef object) {
        ObjectRef folder = folder(object);
        if (readable.size() < MOST_FOLDERS || readable.containsKey(folder)) {
            readable.put(folder, object);
        }
    }

    /**
     * Returns if S3 refuses this object, but not others.
     *
     * @throws ObjectsRefusedException if S3 refuses others too, or if there is no other object to compare with
     */
    void requireOthersAllowed(ObjectRef refused) {
        if (!compares) {
            return;
        }
        ObjectRef known = readable.get(folder(refused));
        if (known != null && !known.equals(refused)) {
            switch (head(known)) {
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
        if (neighbours.stream().noneMatch(neighbour -> head(neighbour) == Access.ALLOWED)) {
            requireRefusal(neighbours.isEmpty() ? refused : neighbours.getFirst());
        }
    }

    /** The top-level folder of a key, or the bucket's root. */
    private static ObjectRef folder(ObjectRef object) {
        return new ObjectRef(
                object.bucket(), object.key().substring(0, object.key().indexOf('/') + 1), null);
    }

    private enum Access {
        ALLOWED,
        REFUSED,
        MISSING
    }

    private Access head(ObjectRef object) {
        try {
            s3.headObject(it -> it.bucket(object.bucket())
                    .key(object.key())
                    .versionId(object.versionId())
                    .overrideConfiguration(ObjectAccess::markRead));
            return Access.ALLOWED;
        } catch (S3Exception e) {
            if (isRefusal(e)) {
                return Access.REFUSED;
            }
            if (e.statusCode() >= 400 && e.statusCode() < 500 && !e.isThrottlingException()) {
                return Access.MISSING;
            }
            throw e;
        }
    }

    /**
     * Reads one byte of the object: only the response to a GET contains an error code ("HeadObject": a HEAD has no
     * body). Unlike calls about one object, this call counts for the circuit breaker.
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
                        ("S3 refuses this worker access to the objects of bucket %s (%s): allow it s3:GetObject on"
                            + " them, the use of their KMS key, and s3:ListBucket, without which S3 answers 403 for"
                            + " missing objects")
                                .formatted(object.bucket(), code),
                        e);
            }
            if (e.statusCode() >= 500 || e.isThrottlingException()) {
                throw e;
            }
            // The object is missing or empty (416), so S3 does not refuse the worker.
        } catch (IOException closing) {
            // The response itself was a success.
        }
    }

    /** Whether S3 denied access, for any reason, or a KMS key could not be used. */
    static boolean isRefusal(S3Exception e) {
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
        return (e.statusCode() == 403 && !code.equals("InvalidObjectState")) || code.startsWith("KMS.");
    }

    /** What the look-up of another object showed, after S3 had failed (5xx) on one. */
    enum Comparison {
        /** S3 answers for the other object. */
        OTHER_ANSWERED,
        /** S3 fails on the other object too. */
        OTHER_FAILED,
        /** No other object is known, or objects are not compared. */
        NO_OTHER
    }

    /**
     * Looks up another object of the top-level folder after S3 failed (5xx) on this one. If no other one is known,
     * looks up this one once more. This call counts for the circuit breaker, so that an outage of S3 opens it.
     */
    Comparison compareAfterFailure(ObjectRef failed) {
        if (!compares) {
            return Comparison.NO_OTHER;
        }
        ObjectRef compared = readable.getOrDefault(folder(failed), failed);
        int status = countedHead(compared);
        if (compared.equals(failed)) {
            return Comparison.NO_OTHER;
        }
        return status < 500 ? Comparison.OTHER_ANSWERED : Comparison.OTHER_FAILED;
    }

    /** Returns the status. */
    private int countedHead(ObjectRef object) {
        try {
            s3.headObject(it -> it.bucket(object.bucket()).key(object.key()).versionId(object.versionId()));
            return 200;
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }

    /** Marks the first call about an object. */
    void markLookup(AwsRequestOverrideConfiguration.Builder call) {
        markRead(call);
        call.putExecutionAttribute(ObjectReads.COMPARED, compares);
    }

    /** Marks a call whose failure is about one object. */
    static void markRead(AwsRequestOverrideConfiguration.Builder call) {
        call.putExecutionAttribute(ObjectReads.OF_OBJECT, true);
    }

    /** Some objects of its folder and of its top-level folder; none if the worker may not list them. */
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
            // In the root of the bucket only objects, no folders: one of them is the ledger.
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

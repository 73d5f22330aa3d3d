package dev.attache.permissions;

import dev.attache.permissions.Comparison.AcceptedRefusal;
import dev.attache.permissions.iam.IamPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who has which policies in {@code infra/policies}, and what their comparison with calls cannot find. */
final class Installation {

    /** Policies for other systems, whose calls are not ours. */
    static final List<String> OF_OTHERS = List.of("subscriber", "upstream");

    private static final Map<String, List<String>> POLICIES = Map.of(
            Attribution.WORKER, List.of("worker", "assume-signer", "mail-ses"),
            Attribution.PAGES, List.of("pages", "assume-signer", "tags"),
            Attribution.CONSOLE, List.of("console", "assume-signer"),
            Comparison.SIGNER, List.of("signer", "tags"),
            Comparison.ENCRYPTION, List.of("kms"));

    private static final List<AcceptedRefusal> ACCEPTED = List.of(new AcceptedRefusal(
            "s3:ListBucket",
            "operations",
            "HeadBucket has no s3:prefix, and would need the permission to list the whole bucket; 403 says that the"
                    + " bucket exists"));

    private static final String NO_VERSIONS =
            "the embedded S3 has no versions, but requests, events and uploads of a bucket with versions name them";

    private static final String NO_LOCK =
            "the check of Object Lock is not made where S3 has another endpoint; BucketsCheckTests has it";

    private static final List<Exceptional> EXCEPTIONS = List.of(
            new Exceptional("worker", "s3:GetObjectVersion", "", NO_VERSIONS),
            new Exceptional("pages", "s3:GetObjectVersion", "", NO_VERSIONS),
            new Exceptional("console", "s3:GetObjectVersion", "", NO_VERSIONS),
            new Exceptional("signer", "s3:GetObjectVersion", "", NO_VERSIONS),
            new Exceptional("worker", "s3:GetBucketObjectLockConfiguration", "", NO_LOCK),
            new Exceptional("pages", "s3:GetBucketObjectLockConfiguration", "", NO_LOCK),
            new Exceptional("console", "s3:GetBucketObjectLockConfiguration", "", NO_LOCK),
            new Exceptional(
                    "pages",
                    "sns:Publish",
                    "deliveries",
                    "mails about renewed links and ended uploads are published in threads that hide who asked for"
                            + " them"),
            new Exceptional(
                    "console",
                    "s3:ListBucket",
                    "uploads/",
                    "the dry run of a letter about a file that is gone needs it; letters of tests are about files that"
                            + " exist"),
            new Exceptional(
                    "console",
                    "s3:GetObject",
                    "claims-before-pages",
                    "the dry run of a mail with a page needs it; mails in DryRunIT have links"),
            new Exceptional(
                    "worker",
                    "s3:PutObject",
                    "paused.json",
                    "pauses are written again after weeks, so that they do not expire; LedgerPauseFlagsTests has it"));

    private Installation() {}

    static Comparison comparison(Collection<RecordedCall> calls) {
        return new Comparison(granted(), calls, ACCEPTED, EXCEPTIONS);
    }

    /** The policies of each role, of the signer and of encryption. */
    static Map<String, List<IamPolicy>> granted() {
        Map<String, IamPolicy> all = PolicyFiles.all();
        return POLICIES.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(all::get).toList()));
    }

    static List<Exceptional> exceptions() {
        return EXCEPTIONS;
    }
}

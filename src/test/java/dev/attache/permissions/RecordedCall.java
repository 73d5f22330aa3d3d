package dev.attache.permissions;

import dev.attache.permissions.iam.AwsRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A kind of call that integration tests made.
 *
 * @param roles those of the process: {@code attache.roles}
 * @param client the class that built the client, and the service: {@code PagesStorageConfiguration s3}
 * @param callers the packages of the application on the stack, without {@code dev.attache.}, and {@code test} if a test
 *     called the application's code itself
 */
record RecordedCall(Set<String> roles, String client, List<String> callers, AwsRequest request) {

    /** The client of links, which makes no calls: S3 checks what the signer may do when a link is used. */
    static final String SIGNER = "LinkSigner";

    /** An output to a topic, in the thread of the sender; the messages leave in batches, in other threads. */
    static final String CHANNEL = "MessageChannel sns";

    static final String TEST = "test";

    RecordedCall {
        roles = new TreeSet<>(roles);
        callers = List.copyOf(new TreeSet<>(callers));
    }

    boolean isCalledFrom(String aPackage) {
        return callers.stream().anyMatch(caller -> caller.equals(aPackage) || caller.startsWith(aPackage + "."));
    }

    @Override
    public String toString() {
        return "%s (roles %s, client %s, called from %s)".formatted(request, roles, client, callers);
    }
}

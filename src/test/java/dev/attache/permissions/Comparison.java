package dev.attache.permissions;

import dev.attache.permissions.iam.AwsRequest;
import dev.attache.permissions.iam.IamPolicy;
import dev.attache.permissions.iam.Permission;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares recorded calls with policies, in both directions.
 *
 * @param granted the policies of each role; of {@value #SIGNER}, those of the identity that signs links; and of
 *     {@value #ENCRYPTION}, if there is a KMS key, those that all of them need besides
 * @param calls calls that belong to {@code granted}'s roles
 * @param accepted calls that are made without a permission, by their action and client's package
 * @param exceptions permissions that nobody uses
 */
record Comparison(
        Map<String, List<IamPolicy>> granted,
        Collection<RecordedCall> calls,
        Collection<AcceptedRefusal> accepted,
        Collection<Exceptional> exceptions) {

    static final String SIGNER = "signer";

    static final String ENCRYPTION = "encryption";

    /**
     * A call that a policy does not allow, because its refusal is an answer.
     *
     * @param caller the package that makes it
     */
    record AcceptedRefusal(String action, String caller, String why) {

        boolean includes(RecordedCall call) {
            return call.request().action().equals(action)
                    && call.isCalledFrom(caller)
                    && call.request().context().isEmpty();
        }
    }

    /** A call, and the key of {@code granted} whose policies must allow it; empty if any role's will do. */
    private record Owned(RecordedCall call, Optional<String> owner) {}

    /** Sentences about calls that no policy of their role allows. */
    List<String> refused() {
        return owned().filter(it -> accepted.stream().noneMatch(refusal -> refusal.includes(it.call())))
                .filter(it ->
                        owners(it).noneMatch(owner -> allows(owner, it.call().request())))
                .map(it -> "The policies of %s do not allow %s"
                        .formatted(it.owner().orElse("no role"), it.call()))
                .sorted()
                .toList();
    }

    /**
     * Sentences about permissions that no call uses, and about exceptions that are wrong. A queue is used if another
     * one of its kind is.
     */
    List<String> unused() {
        Set<Permission> used = new HashSet<>();
        owned().forEach(it -> it.owner()
                .ifPresent(owner -> permissions(owner)
                        .filter(permission -> permission.allows(it.call().request()))
                        .map(Comparison::ofKind)
                        .forEach(used::add)));
        Stream<String> unused = all().filter(permission -> !used.contains(ofKind(permission)))
                .filter(permission -> exceptions.stream().noneMatch(exception -> exception.includes(permission)))
                .map("No call used %s"::formatted);
        Stream<String> stale = exceptions.stream()
                .filter(exception -> all().noneMatch(
                                permission -> exception.includes(permission) && !used.contains(ofKind(permission))))
                .map("No unused permission is %s"::formatted);
        return Stream.concat(unused, stale).sorted().toList();
    }

    private static Permission ofKind(Permission permission) {
        return new Permission(
                permission.policy(),
                permission.sid(),
                permission.action(),
                ResourceKind.of(permission.resource()),
                permission.conditions());
    }

    private Stream<Owned> owned() {
        return calls.stream()
                .filter(call -> ResourceKind.isOfInstallation(call.request().resource()))
                .flatMap(call -> Stream.concat(
                        Stream.of(new Owned(
                                call,
                                call.client().equals(RecordedCall.SIGNER)
                                        ? Optional.of(SIGNER)
                                        : Attribution.role(call))),
                        RequiredPermissions.ofEncryption(call.request()).stream()
                                .filter(kms -> granted.containsKey(ENCRYPTION))
                                .map(kms -> new Owned(
                                        new RecordedCall(call.roles(), call.client(), call.callers(), kms),
                                        Optional.of(ENCRYPTION)))));
    }

    private static Stream<String> owners(Owned it) {
        return it.owner().map(Stream::of).orElseGet(() -> it.call().roles().stream());
    }

    private boolean allows(String owner, AwsRequest request) {
        return permissions(owner).anyMatch(permission -> permission.allows(request));
    }

    private Stream<Permission> permissions(String owner) {
        return Objects.requireNonNull(granted.get(owner), owner).stream()
                .flatMap(policy -> policy.permissions().stream());
    }

    private Stream<Permission> all() {
        return granted.values().stream()
                .flatMap(List::stream)
                .distinct()
                .flatMap(policy -> policy.permissions().stream());
    }
}

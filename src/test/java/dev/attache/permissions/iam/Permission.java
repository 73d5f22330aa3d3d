package dev.attache.permissions.iam;

import java.util.List;

/**
 * The smallest part of a statement: one action on one resource, with one value for each condition.
 *
 * @param policy the policy's name
 * @param sid of its statement
 * @param resource an ARN, with wildcards
 */
public record Permission(String policy, String sid, String action, String resource, List<Condition> conditions) {

    public Permission {
        conditions = List.copyOf(conditions);
    }

    public boolean allows(AwsRequest request) {
        return Wildcards.match(action, request.action())
                && Wildcards.match(resource, request.resource())
                && conditions.stream().allMatch(condition -> condition.isMet(request.context()));
    }

    @Override
    public String toString() {
        return "%s, %s: %s on %s%s"
                .formatted(policy, sid, action, resource, conditions.isEmpty() ? "" : " if " + conditions);
    }
}

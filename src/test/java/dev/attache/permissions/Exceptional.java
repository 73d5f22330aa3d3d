package dev.attache.permissions;

import dev.attache.permissions.iam.Permission;

/**
 * A permission that no recorded call uses, and why a policy has it nevertheless.
 *
 * @param policy the policy's name
 * @param resource a part of the resource, or of a condition's value, that tells it from others; empty for all
 */
record Exceptional(String policy, String action, String resource, String why) {

    boolean includes(Permission permission) {
        return permission.policy().equals(policy)
                && permission.action().equals(action)
                && (permission.resource().contains(resource)
                        || permission.conditions().stream()
                                .anyMatch(condition -> condition.value().contains(resource)));
    }

    @Override
    public String toString() {
        return "%s: %s on %s, because %s".formatted(policy, action, resource.isEmpty() ? "anything" : resource, why);
    }
}

package dev.attache.permissions.iam;

import java.util.Map;
import java.util.TreeMap;

/**
 * What IAM decides on.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource an ARN, or {@code *} if the action knows no resources
 * @param context the condition keys of the request, such as {@code s3:prefix}; a key that the request lacks is absent
 */
public record AwsRequest(String action, String resource, Map<String, String> context) {

    public AwsRequest {
        context = new TreeMap<>(context);
    }

    public AwsRequest(String action, String resource) {
        this(action, resource, Map.of());
    }

    @Override
    public String toString() {
        return action + " on " + resource + (context.isEmpty() ? "" : " " + context);
    }
}

package dev.attache.link.signing;

import dev.attache.link.UploadTarget;
import dev.attache.link.credentials.PresignTerms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of an HTML form that uploads to S3, with a signed policy that fixes them ("Browser-Based Uploads Using
 * POST (AWS Signature Version 4)"). Such a form can be sent more than once, because S3 cannot refuse a POST that
 * overwrites an object.
 */
final class PostForm {

    private static final JsonMapper JSON = new JsonMapper();

    private final SignatureV4 signature;

    PostForm(SignatureV4 signature) {
        this.signature = signature;
    }

    /**
     * The fields, in the order in which they must be sent, before the file.
     *
     * @param maxBytes the size of the largest file that the policy allows; the smallest has 1 byte
     */
    Map<String, String> fields(UploadTarget target, long maxBytes, PresignTerms terms) {
        SignatureV4.Scope scope = signature.scope(terms.signedAt());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", target.object().key());
        fields.put("Content-Type", target.contentType());
        target.attributes().metadata().forEach((name, value) -> fields.put("x-amz-meta-" + name, value));
        String checksum = UploadHeaders.base64(target.sha256());
        if (checksum != null) {
            fields.put("x-amz-checksum-sha256", checksum);
        }
        fields.putAll(target.storage().fields());
        fields.put("x-amz-algorithm", SignatureV4.ALGORITHM);
        fields.put("x-amz-credential", SignatureV4.credential(terms.credentials(), scope));
        fields.put("x-amz-date", scope.timestamp());
        String securityToken = SignatureV4.securityToken(terms.credentials());
        if (securityToken != null) {
            fields.put("x-amz-security-token", securityToken);
        }
        String policy = policy(target.object().bucket(), fields, maxBytes, terms.expiresAt());
        fields.put("policy", policy);
        // The string to sign is the policy in base64, as it is in the form.
        fields.put("x-amz-signature", signature.sign(terms.credentials(), scope, policy));
        return Collections.unmodifiableMap(fields);
    }

    private static String policy(String bucket, Map<String, String> fields, long maxBytes, Instant expiresAt) {
        List<Object> conditions = new ArrayList<>();
        conditions.add(Map.of("bucket", bucket));
        fields.forEach((name, value) -> conditions.add(List.of("eq", "$" + name, value)));
        conditions.add(List.of("content-length-range", 1, maxBytes));
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("expiration", expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
        policy.put("conditions", conditions);
        return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(policy));
    }
}

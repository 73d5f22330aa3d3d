package dev.attache.link.signing;

import dev.attache.link.UploadTarget;
import dev.attache.storage.FileNameMetadata;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.RequestIds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of an HTML form that uploads to S3, with the signed policy that says what the form may contain
 * ("Browser-Based Uploads Using POST (AWS Signature Version 4)"). S3 has no POST that refuses to overwrite, so such a
 * form works more than once.
 */
final class PostForm {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final JsonMapper JSON = new JsonMapper();

    private final String region;

    private final ObjectEncryption encryption;

    PostForm(String region, ObjectEncryption encryption) {
        this.region = region;
        this.encryption = encryption;
    }

    /** The fields, in order; the file comes after them. */
    Map<String, String> fields(
            UploadTarget target, long maxBytes, AwsCredentials credentials, Instant now, Instant expiresAt) {
        String timestamp = SignedQuery.TIMESTAMP.format(now);
        String date = timestamp.substring(0, 8);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("key", target.object().key());
        fields.put("Content-Type", target.contentType());
        fields.put(RequestIds.HEADER, RequestIds.toMetadata(target.requestId()));
        if (target.fileName() != null) {
            fields.put(FileNameMetadata.HEADER, FileNameMetadata.of(target.fileName()));
        }
        String checksum = UploadHeaders.base64(target.sha256());
        if (checksum != null) {
            fields.put("x-amz-checksum-sha256", checksum);
        }
        fields.putAll(encryption.headers());
        fields.put("x-amz-algorithm", ALGORITHM);
        fields.put("x-amz-credential", credentials.accessKeyId() + "/" + date + "/" + region + "/s3/aws4_request");
        fields.put("x-amz-date", timestamp);
        if (credentials instanceof AwsSessionCredentials session) {
            fields.put("x-amz-security-token", session.sessionToken());
        }
        String policy = policy(target.object().bucket(), fields, maxBytes, expiresAt);
        fields.put("policy", policy);
        fields.put("x-amz-signature", signature(policy, credentials.secretAccessKey(), date, region));
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

    /** The signature of a policy: the string to sign is the policy in base64 as it stands in the form. */
    static String signature(String policy, String secretAccessKey, String date, String region) {
        byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, region, "s3", "aws4_request", policy)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(key);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}

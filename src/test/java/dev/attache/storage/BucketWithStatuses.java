package dev.attache.storage;

import dev.attache.aws.ObjectReads;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Answers for each object with the status that a test sets, and with 404 for others. */
final class BucketWithStatuses implements S3Client {

    final Map<String, Integer> objects = new TreeMap<>();

    /** The calls that count for the circuit breaker: those not marked as calls about one object. */
    final List<String> counted = new ArrayList<>();

    /** The calls that do not count for the circuit breaker if S3 fails. */
    final List<String> compared = new ArrayList<>();

    boolean mayList = true;

    String code = "AccessDenied";

    void put(String key, int status) {
        objects.put(key, status);
    }

    void everything(String refusal) {
        code = refusal;
        mayList = false;
        objects.replaceAll((key, status) -> 403);
    }

    private void answer(String method, String key, AwsRequest request) {
        ExecutionAttributes call = request.overrideConfiguration()
                .map(it -> ExecutionAttributes.builder()
                        .putAll(it.executionAttributes().getAttributes())
                        .build())
                .orElseGet(ExecutionAttributes::new);
        if (!ObjectReads.isOfObject(call)) {
            counted.add(method + " " + key);
        }
        if (ObjectReads.isCompared(call)) {
            compared.add(key);
        }
        int status = objects.getOrDefault(key, 404);
        if (status != 200) {
            S3Exception.Builder error = S3Exception.builder();
            error.statusCode(status);
            // "HeadObject": the response to a HEAD has no body.
            if (method.equals("GET")) {
                String shown = status == 404 && !code.equals("NoSuchBucket") ? "NoSuchKey" : code;
                error.awsErrorDetails(AwsErrorDetails.builder().errorCode(shown).build());
            }
            throw (S3Exception) error.build();
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        answer("HEAD", request.key(), request);
        return HeadObjectResponse.builder()
                .contentLength(1L)
                .lastModified(Instant.EPOCH)
                .build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        answer("GET", request.key(), request);
        return new ResponseInputStream<>(
                GetObjectResponse.builder().build(),
                AbortableInputStream.create(new ByteArrayInputStream(new byte[1])));
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        if (!mayList) {
            throw (S3Exception) S3Exception.builder().statusCode(403).build();
        }
        return ListObjectsV2Response.builder()
                .contents(objects.keySet().stream()
                        .filter(key -> key.startsWith(request.prefix()))
                        .limit(request.maxKeys())
                        .map(key -> S3Object.builder().key(key).build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}

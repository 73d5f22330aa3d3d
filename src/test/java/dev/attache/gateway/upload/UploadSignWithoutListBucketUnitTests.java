package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.attache.aws.ObjectReads;
import dev.attache.storage.PageCatalogs;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Signing without the permission to list the bucket, with the real catalog. */
class UploadSignWithoutListBucketUnitTests {

    private static final String PDF = "{\"name\":\"Contract.pdf\",\"size\":4200,\"type\":\"application/pdf\"}";

    private final UploadPageFixture fixture = new UploadPageFixture(UploadPageFixture.TERMS);

    private final Refusing s3 = new Refusing();

    private ResultActions sign() throws Exception {
        fixture.catalog = PageCatalogs.over(s3, Clock.systemUTC());
        return fixture.browser()
                .perform(post("/u/" + UploadPageFixture.PAGE + "/sign")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(PDF));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void anObjectThatS3DoesNotShowIsSignedAgain(int status) throws Exception {
        s3.status = status;
        sign().andExpect(status().isOk());

        sign().andExpect(status().isOk())
                .andExpect(jsonPath("$.headers['if-none-match']").value("*"));
        sign().andExpect(status().isOk());
    }

    /** Calls that are not marked count in the circuit breaker and raise an alarm. */
    @Test
    void aRefusalCausesNoFurtherCallsAndIsNotCounted() throws Exception {
        sign().andExpect(status().isOk());

        sign().andExpect(status().isOk());

        assertThat(s3.calls).isNotEmpty().containsOnly("HEAD");
        assertThat(s3.countedCalls).isEmpty();
    }

    /** Answers all calls about objects with one status. */
    private static final class Refusing implements S3Client {

        private int status = 403;

        private final List<String> calls = new ArrayList<>();

        private final List<String> countedCalls = new ArrayList<>();

        private S3Exception answer(String method, AwsRequest request) {
            calls.add(method);
            boolean ofObject = request.overrideConfiguration()
                    .map(it -> ObjectReads.isOfObject(ExecutionAttributes.builder()
                            .putAll(it.executionAttributes().getAttributes())
                            .build()))
                    .orElse(false);
            if (!ofObject) {
                countedCalls.add(method);
            }
            return (S3Exception) S3Exception.builder().statusCode(status).build();
        }

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            throw answer("HEAD", request);
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
            throw answer("GET", request);
        }

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            throw answer("LIST", request);
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}

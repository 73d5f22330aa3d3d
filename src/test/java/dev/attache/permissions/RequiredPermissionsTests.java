package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.permissions.iam.AwsRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

class RequiredPermissionsTests {

    private final RequiredPermissions permissions = new RequiredPermissions("ours");

    @Test
    void aVersionOfAnObjectNeedsAnActionOfItsOwn() {
        assertThat(permissions.of(GetObjectRequest.builder()
                        .bucket("ours")
                        .key("downloads/crm/a b.pdf")
                        .build()))
                .containsExactly(new AwsRequest("s3:GetObject", Sample.object("downloads/crm/x")));
        assertThat(permissions.of(HeadObjectRequest.builder()
                        .bucket("ours")
                        .key("downloads/1.pdf")
                        .versionId("3")
                        .build()))
                .containsExactly(new AwsRequest("s3:GetObjectVersion", Sample.object("downloads/x")));
    }

    @Test
    void anObjectWithTagsNeedsAnActionMore() {
        assertThat(permissions.of(CreateMultipartUploadRequest.builder()
                        .bucket("ours")
                        .key("uploads/crm/1")
                        .tagging("a=b")
                        .build()))
                .extracting(AwsRequest::action)
                .containsExactly("s3:PutObject", "s3:PutObjectTagging");
    }

    @Test
    void aConditionalWriteHasItsConditionInItsContext() {
        PutObjectRequest put = PutObjectRequest.builder()
                .bucket("ours")
                .key("attache-keys/keys")
                .build();

        assertThat(permissions.of(put))
                .containsExactly(new AwsRequest("s3:PutObject", Sample.object("attache-keys/keys")));
        assertThat(permissions.of(put.toBuilder().ifNoneMatch("*").build()))
                .containsExactly(new AwsRequest(
                        "s3:PutObject", Sample.object("attache-keys/keys"), Map.of("s3:if-none-match", "*")));
        assertThat(permissions.of(CompleteMultipartUploadRequest.builder()
                        .bucket("ours")
                        .key("uploads/1")
                        .ifNoneMatch("*")
                        .build()))
                .containsExactly(
                        new AwsRequest("s3:PutObject", Sample.object("uploads/x"), Map.of("s3:if-none-match", "*")));
    }

    @Test
    void listingNeedsThePermissionOfTheBucketForThePrefix() {
        assertThat(permissions.of(ListObjectsV2Request.builder()
                        .bucket("ours")
                        .prefix("ledger/due/")
                        .build()))
                .containsExactly(new AwsRequest("s3:ListBucket", Sample.BUCKET, Map.of("s3:prefix", "ledger/due/")));
        assertThat(permissions.of(HeadBucketRequest.builder().bucket("other").build()))
                .containsExactly(new AwsRequest("s3:ListBucket", "arn:aws:s3:::other"));
    }

    @Test
    void aMissingObjectNeedsThePermissionToListIt() {
        assertThat(permissions.ofMissing(GetObjectRequest.builder()
                        .bucket("ours")
                        .key("ledger/claims/0a/1b")
                        .build()))
                .contains(new AwsRequest("s3:ListBucket", Sample.BUCKET, Map.of("s3:prefix", "ledger/claims/x")));
        assertThat(permissions.ofMissing(
                        PutObjectRequest.builder().bucket("ours").key("a").build()))
                .isEmpty();
    }

    @Test
    void batchesNeedTheActionOfTheirEntries() {
        assertThat(permissions.of(DeleteMessageBatchRequest.builder()
                        .queueUrl("https://sqs.eu-central-1.amazonaws.com/1/objects-created")
                        .build()))
                .containsExactly(new AwsRequest("sqs:DeleteMessage", Sample.queue("objects-created")));
        assertThat(permissions.of(PublishBatchRequest.builder()
                        .topicArn("arn:aws:sns:us-east-1:0:deliveries")
                        .build()))
                .containsExactly(new AwsRequest("sns:Publish", Sample.topic("deliveries")));
    }

    @Test
    void otherServicesNeedTheirActions() {
        assertThat(permissions.of(
                        GetQueueUrlRequest.builder().queueName("request-parts").build()))
                .containsExactly(new AwsRequest("sqs:GetQueueUrl", Sample.queue("request-parts")));
        assertThat(permissions.of(SendEmailRequest.builder().build()))
                .extracting(request -> request.action() + " " + request.resource())
                .containsExactly(
                        "ses:SendEmail " + Sample.IDENTITY,
                        "ses:SendEmail " + Sample.CONFIGURATION_SET,
                        "ses:SendRawEmail " + Sample.IDENTITY,
                        "ses:SendRawEmail " + Sample.CONFIGURATION_SET);
        assertThat(permissions.of(
                        AssumeRoleRequest.builder().roleSessionName("attache").build()))
                .containsExactly(
                        new AwsRequest("sts:AssumeRole", Sample.SIGNER, Map.of("sts:RoleSessionName", "attache")));
    }

    @Test
    void anUnknownOperationIsRecordedAsOneThatNoPolicyAllows() {
        assertThat(permissions.of(DeleteBucketRequest.builder().bucket("ours").build()))
                .containsExactly(new AwsRequest("unknown:DeleteBucketRequest: add the operation to Operation", "*"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        ledger/claims/0123/4567/uuid,               ledger/claims/x
        ledger/claims/,                             ledger/claims/
        ledger/console/paused.json,                 ledger/console/paused.json
        ledger/console/leases/attachment-requests,  ledger/console/leases/attachment-requests
        attache-keys/claims-before-pages,           attache-keys/claims-before-pages
        uploads/crm/0b54/Bericht 2026.pdf,          uploads/crm/x
        downloads/a/b/c/d/e/f,                      downloads/a/b/c/x
        Über.pdf,                                   x
        """)
    void keysAreRecordedWithoutWhatDiffersFromObjectToObject(String key, String recorded) {
        assertThat(ObjectKeys.representative(key)).isEqualTo(recorded);
    }
}

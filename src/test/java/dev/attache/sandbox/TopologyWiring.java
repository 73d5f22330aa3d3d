package dev.attache.sandbox;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How topics and a bucket come to send to queues: this is where an AWS and the embedded one differ. */
public sealed interface TopologyWiring {

    /** Permits a topic to send to a queue. */
    void letTopicSend(String topicArn, String queueUrl, String queueArn);

    /** Tells a queue of objects created under a prefix, and lets the pages upload to the bucket. */
    void letBucketSend(String bucket, String prefix, String queueUrl, String queueArn);

    /** ElasticMQ knows no policies, S3Proxy no notifications and no bucket CORS: {@link EmbeddedAws} has its own. */
    record Embedded(EmbeddedAws aws) implements TopologyWiring {

        @Override
        public void letTopicSend(String topicArn, String queueUrl, String queueArn) {
            // Everybody may.
        }

        @Override
        public void letBucketSend(String bucket, String prefix, String queueUrl, String queueArn) {
            aws.notifications().configure(bucket, prefix, queueUrl);
        }
    }

    /**
     * By S3's and SQS's own means.
     *
     * @param pageOrigin the only origin that may upload from a browser
     */
    record Native(AwsClients aws, String pageOrigin) implements TopologyWiring {

        @Override
        public void letTopicSend(String topicArn, String queueUrl, String queueArn) {
            permit("sns.amazonaws.com", topicArn, queueUrl, queueArn);
        }

        @Override
        public void letBucketSend(String bucket, String prefix, String queueUrl, String queueArn) {
            permit("s3.amazonaws.com", "arn:aws:s3:::" + bucket, queueUrl, queueArn);
            aws.s3()
                    .putBucketNotificationConfiguration(request -> request.bucket(bucket)
                            .notificationConfiguration(configuration ->
                                    configuration.queueConfigurations(queue -> queue.id("uploads")
                                            .queueArn(queueArn)
                                            .events(Event.S3_OBJECT_CREATED)
                                            // In lower case, as in S3's API reference; the SDK's constant is Prefix,
                                            // which moto refuses.
                                            .filter(filter -> filter.key(key -> key.filterRules(
                                                    rule -> rule.name("prefix").value(prefix)))))));
            var uploads = CORSRule.builder()
                    .allowedOrigins(pageOrigin)
                    .allowedMethods("PUT", "POST")
                    // LocalStack does not understand x-amz-*, so those that are sent are named as well.
                    .allowedHeaders(
                            "content-type",
                            "if-none-match",
                            "x-amz-*",
                            "x-amz-checksum-sha256",
                            "x-amz-meta-request-id",
                            "x-amz-meta-file-name",
                            "x-amz-server-side-encryption",
                            "x-amz-server-side-encryption-aws-kms-key-id")
                    .exposeHeaders("ETag")
                    .maxAgeSeconds(300)
                    .build();
            aws.s3()
                    .putBucketCors(request ->
                            request.bucket(bucket).corsConfiguration(cors -> cors.corsRules(List.of(uploads))));
        }

        private void permit(String service, String sourceArn, String queueUrl, String queueArn) {
            var policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},\
                "Action":"sqs:SendMessage","Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"%s"}}}]}\
                """.formatted(service, queueArn, sourceArn);
            aws.sqs()
                    .setQueueAttributes(request ->
                            request.queueUrl(queueUrl).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        }
    }
}

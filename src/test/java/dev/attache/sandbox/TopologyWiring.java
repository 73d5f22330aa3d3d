package dev.attache.sandbox;

import dev.attache.topology.Topology;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How topics and the bucket are connected to queues and browsers, which differs between AWS and the embedded one. */
public sealed interface TopologyWiring {

    /** Lets a topic send to a queue. */
    void letTopicSend(String topicArn, String queueUrl, String queueArn);

    /** Lets a bucket send its notifications to a queue, and configures them. */
    void letBucketSend(String bucket, Topology.Notification notification, String queueUrl, String queueArn);

    /** Lets browsers upload to a bucket from the worker's pages. */
    void letPagesUpload(String bucket, Topology.Cors cors);

    /**
     * ElasticMQ has no policies. S3Proxy has no notifications and no CORS rules of buckets; {@link EmbeddedAws} adds
     * both.
     */
    record Embedded(EmbeddedAws aws) implements TopologyWiring {

        @Override
        public void letTopicSend(String topicArn, String queueUrl, String queueArn) {
            // Every sender is allowed.
        }

        @Override
        public void letBucketSend(String bucket, Topology.Notification notification, String queueUrl, String queueArn) {
            aws.notifications().configure(bucket, notification.prefix(), queueUrl);
        }

        @Override
        public void letPagesUpload(String bucket, Topology.Cors cors) {
            // EmbeddedAws sets the rules when it starts S3Proxy.
        }
    }

    /**
     * With S3's and SQS's own calls.
     *
     * @param pageOrigin the only origin that may upload from a browser
     */
    record Native(AwsClients aws, String pageOrigin) implements TopologyWiring {

        @Override
        public void letTopicSend(String topicArn, String queueUrl, String queueArn) {
            permit("sns.amazonaws.com", topicArn, queueUrl, queueArn);
        }

        @Override
        public void letBucketSend(String bucket, Topology.Notification notification, String queueUrl, String queueArn) {
            permit("s3.amazonaws.com", "arn:aws:s3:::" + bucket, queueUrl, queueArn);
            aws.s3()
                    .putBucketNotificationConfiguration(request -> request.bucket(bucket)
                            .notificationConfiguration(configuration ->
                                    configuration.queueConfigurations(queue -> queue.id("uploads")
                                            .queueArn(queueArn)
                                            .eventsWithStrings(notification.events())
                                            // In lower case, as in S3's API reference: moto refuses the SDK's
                                            // constant, which is Prefix.
                                            .filter(filter -> filter.key(key -> key.filterRules(
                                                    rule -> rule.name("prefix").value(notification.prefix())))))));
        }

        @Override
        public void letPagesUpload(String bucket, Topology.Cors cors) {
            var uploads = CORSRule.builder()
                    .allowedOrigins(pageOrigin)
                    .allowedMethods(cors.allowedMethods())
                    .allowedHeaders(cors.allowedHeaders())
                    .exposeHeaders(cors.exposeHeaders())
                    .maxAgeSeconds(cors.maxAge())
                    .build();
            aws.s3().putBucketCors(request -> request.bucket(bucket).corsConfiguration(it -> it.corsRules(uploads)));
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

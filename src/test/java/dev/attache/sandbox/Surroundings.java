package dev.attache.sandbox;

import dev.attache.sandbox.sns.PublishedMessages;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A running AWS and a mailbox, for the worker, tests and the pages of the sandbox.
 *
 * @param published what was published to topics; always empty if another SNS than the embedded one is used
 * @param attachePort the port for the worker's pages
 * @param managementPort the port for the worker's actuator
 * @param bucket the bucket's name
 */
public record Surroundings(
        Endpoints endpoints,
        AwsClients clients,
        CatchAllMail mail,
        PublishedMessages published,
        int attachePort,
        int managementPort,
        String bucket) {

    /** The default name of the bucket. */
    public static final String BUCKET = "attache";

    /** The origin of the worker's pages, without a slash at the end. */
    public String pageOrigin() {
        return "http://localhost:" + attachePort;
    }

    /** The origin of the worker's actuator, without a slash at the end. */
    public String managementOrigin() {
        return "http://localhost:" + managementPort;
    }

    /** The worker's settings, apart from those in {@code application-sandbox.yaml}. */
    public Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("server.port", String.valueOf(attachePort));
        properties.put("management.server.port", String.valueOf(managementPort));
        properties.put("spring.cloud.aws.region.static", endpoints.region());
        properties.put("spring.cloud.aws.credentials.access-key", endpoints.accessKey());
        properties.put("spring.cloud.aws.credentials.secret-key", endpoints.secretKey());
        properties.put("spring.cloud.aws.sqs.endpoint", endpoints.sqs().toString());
        properties.put("spring.cloud.aws.sns.endpoint", endpoints.sns().toString());
        properties.put("spring.cloud.aws.s3.endpoint", endpoints.s3().toString());
        properties.put("spring.cloud.aws.s3.path-style-access-enabled", "true");
        properties.put("spring.mail.host", "localhost");
        properties.put("spring.mail.port", String.valueOf(mail.smtpPort()));
        properties.put("attache.bucket", bucket);
        properties.put("attache.links.public-endpoint", endpoints.s3().toString());
        properties.put("attache.gateway.public-url", pageOrigin());
        return properties;
    }

    /** Environment variables for the AWS CLI and the AWS SDKs. */
    public Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("AWS_ENDPOINT_URL_SQS", endpoints.sqs().toString());
        environment.put("AWS_ENDPOINT_URL_S3", endpoints.s3().toString());
        environment.put("AWS_ENDPOINT_URL_SNS", endpoints.sns().toString());
        environment.put("AWS_REGION", endpoints.region());
        environment.put("AWS_DEFAULT_REGION", endpoints.region());
        environment.put("AWS_ACCESS_KEY_ID", endpoints.accessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", endpoints.secretKey());
        environment.put("ATTACHE_URL", pageOrigin());
        environment.put("ATTACHE_MANAGEMENT_URL", managementOrigin());
        environment.put("ATTACHE_BUCKET", bucket);
        environment.put("SANDBOX_IMAP_PORT", String.valueOf(mail.imapPort()));
        return environment;
    }
}

package dev.attache.sandbox;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS SDK's blocking clients, all for the same endpoints. */
public record AwsClients(SqsClient sqs, S3Client s3, SnsClient sns, S3Presigner presigner) implements AutoCloseable {

    static AwsClients of(Endpoints endpoints) {
        var region = Region.of(endpoints.region());
        var credentials = StaticCredentialsProvider.create(
                AwsBasicCredentials.create(endpoints.accessKey(), endpoints.secretKey()));
        return new AwsClients(
                SqsClient.builder()
                        .endpointOverride(endpoints.sqs())
                        .region(region)
                        .credentialsProvider(credentials)
                        .build(),
                S3Client.builder()
                        .endpointOverride(endpoints.s3())
                        .region(region)
                        .credentialsProvider(credentials)
                        .forcePathStyle(true)
                        .build(),
                SnsClient.builder()
                        .endpointOverride(endpoints.sns())
                        .region(region)
                        .credentialsProvider(credentials)
                        .build(),
                S3Presigner.builder()
                        .endpointOverride(endpoints.s3())
                        .region(region)
                        .credentialsProvider(credentials)
                        .serviceConfiguration(S3Configuration.builder()
                                .pathStyleAccessEnabled(true)
                                .build())
                        .build());
    }

    @Override
    public void close() {
        sqs.close();
        s3.close();
        sns.close();
        presigner.close();
    }
}

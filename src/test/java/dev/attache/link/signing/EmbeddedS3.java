package dev.attache.link.signing;

import dev.attache.sandbox.s3.S3ProxyConnections;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy on a free port, with one empty bucket. It checks signatures, their expiry and conditional writes. */
public final class EmbeddedS3 implements AutoCloseable {

    public static final String BUCKET = "attachments";

    public static final Region REGION = Region.EU_WEST_1;

    private final S3Proxy proxy;

    private final S3Client client;

    public EmbeddedS3() throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, Signers.ACCESS_KEY, Signers.SECRET)
                .stopTimeout(0)
                .build();
        S3ProxyConnections.correct(proxy);
        proxy.start();
        client = S3Client.builder()
                .endpointOverride(endpoint())
                .region(REGION)
                .forcePathStyle(true)
                .credentialsProvider(credentials())
                .build();
        client.createBucket(it -> it.bucket(BUCKET));
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    public AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(Signers.ACCESS_KEY, Signers.SECRET));
    }

    public S3Client client() {
        return client;
    }

    @Override
    public void close() throws Exception {
        client.close();
        proxy.stop();
    }
}

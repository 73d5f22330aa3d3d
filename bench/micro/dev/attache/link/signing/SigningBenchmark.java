package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.SignedUrl;
import dev.attache.link.credentials.PresignTerms;
import dev.attache.storage.FileNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;

/** Signs a URL for a GET, with this project's signer and with the SDK's presigner. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SigningBenchmark {

    private static final ObjectRef OBJECT = new ObjectRef("attachments", "downloads/crm/contract-4711.pdf", null);

    private static final String DISPOSITION = FileNames.attachmentDisposition("Contract Lima.pdf");

    private static final Duration DAY = Duration.ofDays(1);

    @Param({"user", "session"})
    public String credentialsOf;

    private final PresignedUrls ours = new PresignedUrls(
            new BucketAddresses(Region.EU_WEST_1, null, false, EndpointVariant.STANDARD), new SignatureV4("eu-west-1"));

    private final Clock clock = Clock.systemUTC();

    private final PresignerOracle presigner =
            new PresignerOracle(Region.EU_WEST_1, null, false, EndpointVariant.STANDARD);

    private AwsCredentials credentials() {
        return credentialsOf.equals("user")
                ? AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "secret")
                : AwsSessionCredentials.create("ASIAIOSFODNN7EXAMPLE", "secret", "token".repeat(200));
    }

    @Benchmark
    public SignedUrl ours() {
        return ours.get(
                OBJECT, DISPOSITION, null, null, new PresignTerms(credentials(), clock.instant(), DAY, Instant.MAX));
    }

    @Benchmark
    public SignedUrl presigner() {
        return presigner.get(OBJECT, DISPOSITION, null, null, credentials(), DAY);
    }
}

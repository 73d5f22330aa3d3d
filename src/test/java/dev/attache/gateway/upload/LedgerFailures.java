package dev.attache.gateway.upload;

import dev.attache.ledger.keys.KeysUnusableException;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.storage.ObjectsRefusedException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.core.exc.StreamReadException;

/** Exceptions that the ledger throws. */
final class LedgerFailures {

    private LedgerFailures() {}

    /** S3 is down, its circuit breaker is open, or other workers write the same record. */
    static Stream<RuntimeException> temporary() {
        return Stream.of(
                S3Exception.builder().statusCode(503).message("Slow Down").build(),
                SdkClientException.create("Unable to execute HTTP request"),
                CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("s3")),
                new LedgerContentionException("Other workers changed the record ledger/uploads/1.json"));
    }

    /** An operator has to act: unreadable keys, missing permissions, damaged records, and unexpected exceptions. */
    static Stream<RuntimeException> permanent() {
        return Stream.of(
                new KeysUnusableException("The keys of this installation cannot be read from attache-keys/keys"),
                new ObjectsRefusedException(
                        "S3 refuses this worker",
                        S3Exception.builder().statusCode(403).build()),
                new StreamReadException("Unrecognized token '" + UploadPageFixture.PAGE + "'"),
                new IllegalArgumentException("Invalid UUID string: " + UploadPageFixture.PAGE),
                new NullPointerException());
    }
}

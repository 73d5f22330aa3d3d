package dev.attache.gateway.upload;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SignedUrl;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.gateway.PageHeaders;
import dev.attache.gateway.PageWriter;
import dev.attache.gateway.StorageOrigins;
import dev.attache.ledger.Contention;
import dev.attache.ledger.KeysUnusableException;
import dev.attache.ledger.OpenUpload;
import dev.attache.link.LinkNotSignableException;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.ObjectsRefusedException;
import dev.attache.storage.StoredObject;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.core.exc.StreamReadException;

/** The gateway with a ledger of one upload, a signer without credentials and one source, at a fixed time. */
public final class Counter {

    public static final String PAGE = "0123456789abcdef0123456789abcdef";
    static final UUID ID = UUID.fromString("0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d");
    public static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    static final UploadTerms TERMS =
            new UploadTerms(List.of("application/pdf", "image/*", "text/markdown"), 25_000_000, null, null, null);

    final OneUpload ledger;

    @Nullable
    UploadTarget signed;

    private final Map<ObjectRef, StoredObject> stored = new HashMap<>();
    ObjectCatalog catalog = new Bucket();
    boolean credentialsAreDying;
    boolean sourceIsConfigured = true;
    String storage = "https://attachments.s3.eu-central-1.amazonaws.com/x?X-Amz-Signature=secret";
    private Instant now = NOW;

    Counter(UploadTerms terms) {
        this.ledger = new OneUpload(new OpenUpload(
                ID,
                PAGE,
                "contract-4711",
                "crm",
                null,
                null,
                "files",
                terms,
                new Recipient("ana@example.com", "Ana", "pt-BR", "America/Sao_Paulo"),
                new MessageText("Your <signed> contract", "A scan will do."),
                List.of(),
                NOW,
                NOW.plus(Duration.ofDays(1)),
                null,
                null));
    }

    /** What the ledger throws while S3 is down, while its breaker is open, and while others write the same record. */
    static Stream<RuntimeException> passingFailures() {
        return Stream.of(
                S3Exception.builder().statusCode(503).message("Slow Down").build(),
                SdkClientException.create("Unable to execute HTTP request"),
                CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("s3")),
                Contention.over("ledger/uploads/1.json"));
    }

    /**
     * What somebody has to mend: keys that cannot be read, a worker that S3 refuses, damaged records, and what nobody
     * has thought of.
     */
    static Stream<RuntimeException> lastingFailures() {
        return Stream.of(
                new KeysUnusableException("The keys of this installation cannot be read from attache-keys/keys"),
                new ObjectsRefusedException(
                        "S3 refuses this worker",
                        S3Exception.builder().statusCode(403).build()),
                new StreamReadException("Unrecognized token '" + PAGE + "'"),
                new IllegalArgumentException("Invalid UUID string: " + PAGE),
                new NullPointerException());
    }

    void stored(String key, @Nullable String name, long size) {
        ObjectRef object = new ObjectRef("files", key, null);
        stored.put(
                object,
                new StoredObject(object, size, "application/pdf", "etag", now, Availability.UNLIMITED, name, false));
    }

    void wait(Duration time) {
        now = now.plus(time);
    }

    UploadPageService desk() {
        return new UploadPageService(
                ledger, new Sources(), catalog, new Signer(), Clock.fixed(now, ZoneOffset.UTC), Duration.ofMinutes(5));
    }

    public static PageWriter pages() {
        return new PageWriter(new Templates("pages", "pages"), new Languages(Locale.ENGLISH), ZoneOffset.UTC);
    }

    MockMvc browser() {
        UploadPageService desk = desk();
        PageWriter pages = pages();
        return MockMvcBuilders.standaloneSetup(
                        new UploadPageController(desk, pages, Clock.systemUTC()),
                        new UploadSignController(desk, pages, Clock.systemUTC()))
                .addFilters(new PageHeaders(StorageOrigins.of(URI.create("https://s3.eu-central-1.amazonaws.com"))))
                .build();
    }

    private final class Signer implements LinkSigner {

        @Override
        public SignedLink put(UploadTarget target, Duration lifetime, Duration minimum) {
            if (credentialsAreDying) {
                throw new LinkNotSignableException("dying");
            }
            signed = target;
            return new SignedLink(
                    "PUT",
                    new SignedUrl(storage),
                    Map.of(
                            "content-type",
                            target.contentType(),
                            "content-length",
                            String.valueOf(target.contentLength()),
                            "if-none-match",
                            "*"),
                    Map.of(),
                    now.plus(lifetime));
        }

        @Override
        public SignedLink get(
                ObjectRef object, String fileName, @Nullable String contentType, Duration lifetime, Duration minimum) {
            throw new AssertionError("The page signs uploads only");
        }

        @Override
        public SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum) {
            throw new AssertionError("The page sends by PUT");
        }
    }

    private final class Bucket implements ObjectCatalog {

        @Override
        public StoredObject find(ObjectRef object) {
            throw new AssertionError("What has just been written is asked for anew");
        }

        @Override
        public StoredObject findFresh(ObjectRef object) {
            StoredObject found = stored.get(object);
            if (found == null) {
                throw new RejectedException(RejectionCode.OBJECT_NOT_FOUND, object.toString());
            }
            return found;
        }

        @Override
        public InputStream open(StoredObject stored, long from, int length) {
            throw new AssertionError("The page reads no files");
        }
    }

    private final class Sources implements SourcePolicies {

        @Override
        public SourcePolicy require(String source, @Nullable String senderId) {
            return require(source);
        }

        @Override
        public SourcePolicy require(String source) {
            if (!sourceIsConfigured) {
                throw new RejectedException(RejectionCode.SOURCE_NOT_ALLOWED, source);
            }
            return new Acme();
        }
    }

    private static final class Acme implements SourcePolicy {

        @Override
        public String source() {
            return "crm";
        }

        @Override
        public String displayName() {
            return "Acme <Contracts>";
        }

        @Override
        public String uploadBucket() {
            return "files";
        }

        @Override
        public ObjectRef download(AttachmentRef attachment, @Nullable String subject) {
            throw new AssertionError("The page offers no downloads");
        }

        @Override
        public UploadTerms upload(UploadRequest requested) {
            throw new AssertionError("The terms were settled when the upload was opened");
        }

        @Override
        public Duration lifetime(@Nullable Duration requested) {
            return Duration.ofDays(1);
        }

        @Override
        public Duration minimumLifetime() {
            return Duration.ofMinutes(1);
        }
    }
}

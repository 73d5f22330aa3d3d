package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectErrorsTests {

    private final ScriptedS3 s3 = new ScriptedS3();

    private final S3ObjectCatalog catalog = new S3ObjectCatalog(s3, Duration.ofSeconds(30), 2, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"404, -, does not exist", "400, v1, this version", "405, v1, this version"})
    void aMissingObjectIsRejectedAndTheErrorIsNotCached(int status, String version, String detail) {
        ObjectRef object = new ObjectRef("attachments", "downloads/a.pdf", version);
        s3.headAnswer = request -> {
            throw S3Exception.builder().statusCode(status).build();
        };
        s3.getFailure = status == 400 ? error("InvalidArgument", "Invalid version id specified") : null;

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.find(object))
                .withMessageContaining("downloads/a.pdf")
                .withMessageContaining(detail)
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
        s3.headAnswer = request -> ScriptedS3.found();
        assertThat(catalog.find(object)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "400", "429"})
    void failuresOfS3AreThrownUnchanged(int status) {
        S3Exception fault =
                (S3Exception) S3Exception.builder().statusCode(status).build();
        s3.headAnswer = request -> {
            throw fault;
        };

        assertThatThrownBy(() -> catalog.find(ScriptedS3.OBJECT)).isSameAs(fault);
    }

    /** The response to a HEAD is 400 without an error code. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "v1"})
    void anObjectEncryptedWithItsOwnersKeyIsRejected(@Nullable String version) {
        ObjectRef object = new ObjectRef("attachments", "downloads/a.pdf", version);
        s3.headAnswer = request -> {
            throw S3Exception.builder().statusCode(400).build();
        };
        s3.getFailure = error(
                "InvalidRequest",
                "The object was stored using a form of Server Side Encryption. "
                        + "The correct parameters must be provided to retrieve the object.");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.find(object))
                .withMessageContaining("downloads/a.pdf")
                .withMessageContaining("SSE-C")
                .withMessageContaining("send the event again")
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_CUSTOMER_ENCRYPTED));
        assertThat(s3.lastGet).satisfies(it -> {
            assertThat(it.range()).isEqualTo("bytes=0-0");
            assertThat(it.versionId()).isEqualTo(version);
        });
    }

    /** An expired token concerns the worker: it must not reject a request, with or without a version id. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ExpiredToken, -",
                "ExpiredToken, v1",
                "InvalidRequest, -",
                "InvalidRequest, v1",
                "InvalidArgument, -"
            })
    void another400IsThrownWithTheErrorCodeOfTheGet(String code, @Nullable String version) {
        ObjectRef object = new ObjectRef("attachments", "downloads/a.pdf", version);
        s3.headAnswer = request -> {
            throw S3Exception.builder().statusCode(400).build();
        };
        s3.getFailure = error(code, "Something else");

        assertThatThrownBy(() -> catalog.find(object)).isSameAs(s3.getFailure);
    }

    /** An error of that GET does not cause another GET. */
    @ParameterizedTest
    @CsvSource({
        "400, InvalidArgument, Invalid version id specified",
        "400, ExpiredToken, The provided token has expired.",
        "400, InvalidRequest, The object was stored using a form of Server Side Encryption.",
        "404, NoSuchKey, It does not exist.",
        "404, NoSuchBucket, It does not exist."
    })
    void aHeadErrorWithoutACauseCostsOneGet(int status, String code, String message) {
        s3.headAnswer = request -> {
            throw S3Exception.builder().statusCode(status).build();
        };
        s3.content = () -> {
            throw S3Exception.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .build();
        };

        assertThatThrownBy(() -> catalog.find(new ObjectRef("attachments", "downloads/a.pdf", "v1")))
                .isInstanceOf(RuntimeException.class);

        assertThat(s3.heads).hasValue(1);
        assertThat(s3.gets).hasValue(1);
    }

    /** Credentials were renewed, or the object was created, between HEAD and GET. An empty one has no first byte. */
    @ParameterizedTest
    @CsvSource({"400, 200", "404, 200", "404, 416"})
    void aHeadWhoseCauseIsOverIsRepeated(int status, int statusOfGet) {
        s3.headAnswer = request -> {
            if (s3.heads.get() == 1) {
                throw S3Exception.builder().statusCode(status).build();
            }
            return ScriptedS3.found();
        };
        s3.getFailure = statusOfGet == 200
                ? null
                : (S3Exception) S3Exception.builder().statusCode(statusOfGet).build();

        assertThat(catalog.find(ScriptedS3.OBJECT).contentLength()).isEqualTo(48_211);

        assertThat(s3.heads).hasValue(2);
        assertThat(s3.gets).hasValue(1);
    }

    private static S3Exception error(String code, String message) {
        return (S3Exception) S3Exception.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}

package dev.attache.ledger.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.storage.ObjectEncryption.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class LedgerEncryptionTests {

    private static Map<String, ?> headers(LedgerEncryption encryption, SdkRequest request) {
        return encryption
                .modifyRequest(() -> request, new ExecutionAttributes())
                .overrideConfiguration()
                .map(override -> override.headers())
                .orElse(Map.of());
    }

    @Test
    void writeRequestsEncryption() {
        assertThat(headers(
                        new LedgerEncryption(Kind.AES256, null),
                        PutObjectRequest.builder().build()))
                .hasToString("{x-amz-server-side-encryption=[AES256]}");
        assertThat(headers(
                                new LedgerEncryption(Kind.AWS_KMS, "alias/ledger"),
                                PutObjectRequest.builder().build())
                        .toString())
                .contains(
                        "x-amz-server-side-encryption=[aws:kms]",
                        "x-amz-server-side-encryption-aws-kms-key-id=[alias/ledger]");
    }

    /** S3 answers 400 to a read that has these headers ("GetObject"). */
    @Test
    void readsAndUnconfiguredWritesRequestNoEncryption() {
        assertThat(headers(
                        new LedgerEncryption(Kind.AES256, null),
                        GetObjectRequest.builder().build()))
                .isEmpty();
        assertThat(headers(
                        new LedgerEncryption(Kind.NONE, null),
                        PutObjectRequest.builder().build()))
                .isEmpty();
    }

    @Test
    void keyIdWithoutKmsIsRefusedWithTheSettingsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LedgerEncryption(Kind.AES256, "alias/ledger"))
                .withMessageContaining("attache.ledger.kms-key-id")
                .withMessageContaining("set it to aws:kms");
    }
}

package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class SignatureV4Tests {

    /**
     * The policy of "Example: Browser-Based Upload using HTTP POST (Using AWS Signature Version 4)", in base64 as
     * published.
     */
    private static final String POLICY = """
        eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4\
        YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9\
        LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3Nm\
        dWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1\
        aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMt\
        d2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEy\
        MjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7Ingt\
        YW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9\
        """;

    private static final AwsBasicCredentials CREDENTIALS =
            AwsBasicCredentials.create(Signers.ACCESS_KEY, Signers.SECRET);

    private final SignatureV4 signature = new SignatureV4("us-east-1");

    /** The example of "Authenticating Requests: Using Query Parameters". */
    @Test
    void theSignatureOfAUrlIsThatOfThePublishedExample() {
        SignatureV4.Scope scope = signature.scope(Instant.parse("2013-05-24T00:00:00Z"));

        assertThat(signature.sign(CREDENTIALS, scope, """
            AWS4-HMAC-SHA256
            20130524T000000Z
            20130524/us-east-1/s3/aws4_request
            3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04\
            """))
                .isEqualTo("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @Test
    void theSignatureOfAPolicyIsThatOfThePublishedExample() {
        SignatureV4.Scope scope = signature.scope(Instant.parse("2015-12-29T00:00:00Z"));

        assertThat(signature.sign(CREDENTIALS, scope, POLICY))
                .isEqualTo("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    }

    @Test
    void theScopeHasTheDateInUtcAndNoPartsOfASecond() {
        SignatureV4.Scope scope = signature.scope(Instant.parse("2026-11-21T23:59:59.999Z"));

        assertThat(scope.timestamp()).isEqualTo("20261121T235959Z");
        assertThat(SignatureV4.credential(CREDENTIALS, scope))
                .isEqualTo("AKIAIOSFODNN7EXAMPLE/20261121/us-east-1/s3/aws4_request");
    }

    @Test
    void anotherDayAndAnotherSecretHaveAnotherSigningKey() {
        SignatureV4.Scope day = signature.scope(Instant.parse("2026-11-21T09:00:00Z"));
        SignatureV4.Scope nextDay = signature.scope(Instant.parse("2026-11-22T09:00:00Z"));
        String first = signature.sign(CREDENTIALS, day, "text");

        assertThat(signature.sign(CREDENTIALS, nextDay, "text")).isNotEqualTo(first);
        assertThat(signature.sign(AwsBasicCredentials.create(Signers.ACCESS_KEY, "another"), day, "text"))
                .isNotEqualTo(first);
        assertThat(signature.sign(CREDENTIALS, day, "text")).isEqualTo(first);
    }

    @Test
    void whiteSpaceAroundASessionsCredentialsIsDropped() {
        SignatureV4.Scope scope = signature.scope(Instant.EPOCH);
        AwsSessionCredentials pasted =
                AwsSessionCredentials.create(Signers.ACCESS_KEY + " ", " " + Signers.SECRET + "\n", " token\n");

        assertThat(SignatureV4.securityToken(pasted)).isEqualTo("token");
        assertThat(SignatureV4.credential(pasted, scope)).isEqualTo(SignatureV4.credential(CREDENTIALS, scope));
        assertThat(signature.sign(pasted, scope, "text")).isEqualTo(signature.sign(CREDENTIALS, scope, "text"));
    }
}

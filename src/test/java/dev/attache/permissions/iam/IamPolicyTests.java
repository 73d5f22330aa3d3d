package dev.attache.permissions.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evaluation of policies, compared with what the IAM User Guide says of elements, operators and missing keys. */
class IamPolicyTests {

    @ParameterizedTest(name = "{0} on {1}: {2} on {3} is allowed: {4}")
    @CsvSource(textBlock = """
        s3:GetObject,  arn:aws:s3:::b/k,     s3:GetObject,        arn:aws:s3:::b/k,     true
        s3:GetObject,  arn:aws:s3:::b/k,     s3:GetObjectVersion, arn:aws:s3:::b/k,     false
        s3:GetObject,  arn:aws:s3:::b/k,     s3:GetObject,        arn:aws:s3:::b/kk,    false
        s3:GetObject,  arn:aws:s3:::b/k,     s3:GetObject,        arn:aws:s3:::b,       false
        s3:GetObject,  arn:aws:s3:::b/*,     s3:GetObject,        arn:aws:s3:::b/a/b/c, true
        s3:GetObject,  arn:aws:s3:::b/*,     s3:GetObject,        arn:aws:s3:::b/,      true
        s3:GetObject,  arn:aws:s3:::b/*,     s3:GetObject,        arn:aws:s3:::b,       false
        s3:GetObject,  arn:aws:s3:::b/a?c,   s3:GetObject,        arn:aws:s3:::b/abc,   true
        s3:GetObject,  arn:aws:s3:::b/a?c,   s3:GetObject,        arn:aws:s3:::b/ac,    false
        s3:GetObject,  arn:aws:s3:::b/a*/c,  s3:GetObject,        arn:aws:s3:::b/a/x/c, true
        s3:GetObject,  arn:aws:s3:::b/a.c,   s3:GetObject,        arn:aws:s3:::b/abc,   false
        s3:GetObject,  arn:aws:s3:::b/(a),   s3:GetObject,        arn:aws:s3:::b/(a),   true
        s3:Get*,       arn:aws:s3:::b/k,     s3:GetObjectVersion, arn:aws:s3:::b/k,     true
        s3:*,          *,                    s3:PutObject,        arn:aws:s3:::b/k,     true
        s3:*,          *,                    sqs:SendMessage,     arn:aws:sqs:r:1:q,    false
        sns:ListTopics,*,                    sns:ListTopics,      *,                    true
        sqs:SendMessage,arn:aws:sqs:r:1:q,   sqs:SendMessage,     arn:aws:sqs:r:1:q-dlq,false
        """)
    void actionAndResourceMustBothMatch(String action, String resource, String requested, String on, boolean allowed) {
        IamPolicy policy = statement("""
            "Action": "%s", "Resource": "%s"
            """.formatted(action, resource));

        assertThat(policy.allows(new AwsRequest(requested, on))).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0}: {1} is met by {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        StringEquals | {"k": "a"}             | k=a    | true
        StringEquals | {"k": "a"}             | k=A    | false
        StringEquals | {"k": "a"}             | k=ab   | false
        StringEquals | {"k": "a*"}            | k=ab   | false
        StringEquals | {"k": ["a", "b"]}      | k=b    | true
        StringEquals | {"k": "a"}             |        | false
        StringEquals | {"k": "a", "l": "b"}   | k=a    | false
        StringEquals | {"k": "a", "l": "b"}   | k=a l=b| true
        StringLike   | {"k": "a*"}            | k=ab   | true
        StringLike   | {"k": "a*"}            | k=a    | true
        StringLike   | {"k": "a/*"}           | k=a    | false
        StringLike   | {"k": ["x/*", "a/*"]}  | k=a/b/c| true
        StringLike   | {"k": "*"}             |        | false
        Null         | {"k": "false"}         | k=*    | true
        Null         | {"k": "false"}         |        | false
        Null         | {"k": "true"}          |        | true
        Null         | {"k": "true"}          | k=*    | false
        """)
    void conditionsMustAllBeMetByOneOfTheirValues(String operator, String keys, String context, boolean met) {
        IamPolicy policy = statement("""
            "Action": "s3:ListBucket", "Resource": "*", "Condition": {"%s": %s}
            """.formatted(operator, keys));
        Map<String, String> given = new HashMap<>();
        if (context != null) {
            for (String pair : context.split(" ")) {
                given.put(pair.split("=")[0], pair.split("=")[1]);
            }
        }

        assertThat(policy.allows(new AwsRequest("s3:ListBucket", "arn:aws:s3:::b", given)))
                .isEqualTo(met);
    }

    @Test
    void severalOperatorsMustAllBeMet() {
        IamPolicy policy = statement("""
            "Action": "s3:ListBucket", "Resource": "*",
            "Condition": {"StringLike": {"k": ["a*", "b*"]}, "Null": {"l": "true"}}
            """);

        assertThat(policy.permissions()).hasSize(2);
        assertThat(policy.allows(new AwsRequest("s3:ListBucket", "b", Map.of("k", "b"))))
                .isTrue();
        assertThat(policy.allows(new AwsRequest("s3:ListBucket", "b", Map.of("k", "b", "l", "x"))))
                .isFalse();
    }

    @Test
    void aPolicyWithoutStatementsAllowsNothing() {
        IamPolicy policy = IamPolicy.of("none", """
            {"Version": "2012-10-17", "Statement": []}
            """);

        assertThat(policy.allows(new AwsRequest("s3:GetObject", "*"))).isFalse();
    }

    @Test
    void whatTheTestsDoNotUnderstandIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statement("\"NotAction\": \"s3:*\", \"Resource\": \"*\""))
                .withMessageContaining("NotAction");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statement("""
                    "Action": "s3:*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
                    """))
                .withMessage("The tests of policies do not know the condition operator IpAddress: add it to Condition");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IamPolicy.of("x", """
                    {"Statement": [{"Sid": "A", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}
                    """))
                .withMessageContaining("allow, only");
    }

    private static IamPolicy statement(String elements) {
        return IamPolicy.of("test", """
            {"Statement": [{"Sid": "Test", "Effect": "Allow", %s}]}
            """.formatted(elements));
    }
}

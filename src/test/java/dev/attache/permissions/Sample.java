package dev.attache.permissions;

import java.util.Map;

/** The installation for which tests evaluate policies. Recorded calls use its names instead of those of the test. */
final class Sample {

    static final String BUCKET = "arn:aws:s3:::attache-example";

    static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000";

    static final String SIGNER = "arn:aws:iam::111122223333:role/attache-signer";

    static final String FROM = "files@example.com";

    static final String IDENTITY = "arn:aws:ses:eu-central-1:111122223333:identity/example.com";

    static final String CONFIGURATION_SET = "arn:aws:ses:eu-central-1:111122223333:configuration-set/attache";

    /** The values of the placeholders in policies. */
    static final Map<String, String> PLACEHOLDERS = Map.of(
            "partition", "aws",
            "region", "eu-central-1",
            "account", "111122223333",
            "bucket", "attache-example",
            "prefix", "",
            "from_address", FROM,
            "ses_identity", "example.com",
            "configuration_set", "attache",
            "key_arn", KEY,
            "signer_arn", SIGNER);

    private Sample() {}

    static String queue(String name) {
        return "arn:aws:sqs:eu-central-1:111122223333:" + name;
    }

    static String topic(String name) {
        return "arn:aws:sns:eu-central-1:111122223333:" + name;
    }

    static String object(String key) {
        return BUCKET + "/" + key;
    }
}

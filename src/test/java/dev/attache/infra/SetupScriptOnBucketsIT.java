package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code infra/setup.sh} on a bucket whose rules operators have changed. */
class SetupScriptOnBucketsIT extends ScriptTestBase {

    @Test
    void otherNotificationsStayIfOursExistsAndStopTheScriptIfItDoesNot() {
        begin();
        String lambda =
                "arn:aws:lambda:eu-central-1:111122223333:function:scan\ts3:ObjectCreated:*\tPrefix=downloads/\n";
        write("bucket/notifications", read("bucket/notifications") + lambda);
        write("bucket/event-bridge", "");
        assertReady(setup());
        assertThat(read("bucket/notifications")).contains(lambda);

        write("bucket/notifications", lambda);
        remove("writes");
        Run stopped = setup();
        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.output()).contains("function:scan", OBJECTS_CREATED);
        assertThat(writes()).isEmpty();
    }

    @Test
    void addingANotificationLeavesEventBridgeOn() {
        begin();
        remove("bucket/notifications");
        write("bucket/event-bridge", "");

        assertReady(setup());

        assertThat(read("bucket/notifications")).contains(OBJECTS_CREATED);
        assertThat(exists("bucket/event-bridge")).isTrue();
    }

    @Test
    void bucketRulesThatOperatorsChangedAreKeptAndPrinted() {
        begin();
        write("bucket/lifecycle", read("bucket/lifecycle").replace("/ledger/\t108", "/ledger/\t160"));
        write("bucket/cors", read("bucket/cors").replace("PUT POST", "PUT"));
        write("bucket/access", "True\tTrue\tFalse\tTrue\n");
        write("bucket/ownership", "ObjectWriter\n");
        write("bucket/versioning", "Suspended\n");
        write("bucket/notifications", OBJECTS_CREATED + "\ts3:ObjectCreated:Put\tPrefix=uploads/\n");
        remove("writes");

        Run later = setup();

        assertReady(later);
        assertThat(later.output())
                .contains(
                        "attache-ledger of bucket attache is [Enabled,/ledger/,160,1]",
                        "attache-upload-page of bucket attache",
                        "public access block of bucket attache",
                        "object ownership of bucket attache is ObjectWriter",
                        "versioning of bucket attache is Suspended",
                        OBJECTS_CREATED + " of bucket");
        assertThat(writes()).noneMatch(write -> write.startsWith("s3api"));

        assertReady(setup("--reset"));
        assertThat(read("bucket/lifecycle")).contains("/ledger/\t108");
        assertThat(read("bucket/cors")).contains("PUT POST");
        assertThat(read("bucket/access")).isEqualTo("True\tTrue\tTrue\tTrue\n");
        assertThat(read("bucket/ownership")).isEqualTo("BucketOwnerEnforced");
        assertThat(read("bucket/versioning")).isEqualTo("Enabled\n");
        assertThat(read("bucket/notifications")).contains("s3:ObjectCreated:*");
    }

    @Test
    void anOriginThatIsNotInTheCorsRulesIsAProblemAndIsNotAdded() {
        begin();

        Run other = end(start(Map.of("ATTACHE_URL", "http://localhost:8080")));

        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.output()).contains("PROBLEM: browsers may not upload from http://localhost:8080");
        assertThat(read("bucket/cors")).contains("https://attache.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "/, 90, attache-keys/",
        "/attache-keys/, 400, attache-keys/",
        "/ledger/, 7, ledger/",
        "/ledger/, 107, ledger/",
        "/ledger/, 108, ''",
        "/ledger/claims/, 7, ''",
        "/attache-audit/, 399, attache-audit/",
        "/attache-audit/, 400, ''"
    })
    void anotherRuleThatDeletesKeysClaimsOrTheAuditStopsTheScript(String prefix, int days, String harmed) {
        begin();
        write(
                "bucket/lifecycle",
                read("bucket/lifecycle") + "tidy\tEnabled\t%s\t%d\tNone\tNone\tNone\tNone\n".formatted(prefix, days));
        remove("writes");

        Run later = setup();

        if (harmed.isEmpty()) {
            assertReady(later);
        } else {
            assertThat(later.exitCode()).isEqualTo(1);
            assertThat(later.output()).contains("tidy (" + harmed + ")");
            assertThat(writes()).isEmpty();
        }
    }

    @Test
    void otherLifecycleRulesStayIfOursExistAndStopTheScriptIfOneIsMissing() {
        begin();
        String tidy = "tidy\tEnabled\t/tmp/\t3\tNone\tNone\tNone\tNone\tNone\n";
        write("bucket/lifecycle", read("bucket/lifecycle") + tidy);
        assertReady(setup());
        assertThat(read("bucket/lifecycle")).endsWith(tidy);

        write("bucket/lifecycle", read("bucket/lifecycle").replaceFirst("attache-versions.*\n", ""));
        remove("writes");
        Run stopped = setup();

        assertThat(stopped.exitCode()).isEqualTo(1);
        assertThat(stopped.output())
                .contains("tidy", "\"ID\":\"attache-versions\"", "\"NoncurrentDays\":30")
                .doesNotContain("\"ID\":\"attache-ledger\"");
        assertThat(writes()).isEmpty();
    }

    /** The rule of releases without download pages. */
    @Test
    void aRuleThatDeletesRecordsOfPagesTooEarlyIsAProblem() {
        begin();
        write(
                "bucket/lifecycle",
                read("bucket/lifecycle")
                        .replace("/ledger/\t108", "/ledger/\t30")
                        .replaceFirst("attache-due.*\n", ""));
        remove("writes");

        Run later = setup();

        assertThat(later.exitCode()).isEqualTo(1);
        assertThat(later.output())
                .contains(
                        "PROBLEM: the lifecycle rule attache-ledger", "after 30 days", "set it to 108", "attache-due");
        assertThat(writes()).noneMatch(write -> write.startsWith("s3api"));

        assertReady(setup("--reset"));
        assertThat(read("bucket/lifecycle")).contains("/ledger/\t108", "/ledger/due/\t97");
    }

    @Test
    void noRuleDeletesKeysOrUploadsUnlessDaysForUploadsAreGiven() {
        begin();
        assertThat(read("bucket/lifecycle").lines())
                .containsExactly(
                        "attache-ledger\tEnabled\t/ledger/\t108\t1\tNone\tNone\tNone\tNone",
                        "attache-due\tEnabled\t/ledger/due/\t97\t1\tNone\tNone\tNone\tNone",
                        "attache-audit\tEnabled\t/attache-audit/\t400\t1\tNone\tNone\tNone\tNone",
                        "attache-multipart\tEnabled\t/\tNone\tNone\t7\tNone\tNone\tNone",
                        "attache-versions\tEnabled\t/\tNone\t30\tNone\tNone\tNone\tTrue");

        assertReady(end(start(Map.of("ATTACHE_UPLOADS_DAYS", "90"))));
        assertThat(read("bucket/lifecycle")).contains("attache-uploads\tEnabled\t/uploads/\t90\t1");
        assertReady(setup());
        assertReady(setup("--reset"));
        assertThat(read("bucket/lifecycle")).contains("attache-uploads\tEnabled\t/uploads/\t90\t1");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "ten", "7d"})
    void daysThatAreNotANumberAreRejected(String days) {
        Run refused = end(start(Map.of("ATTACHE_UPLOADS_DAYS", days)));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("ATTACHE_UPLOADS_DAYS is '" + days + "'");
        assertThat(writes()).isEmpty();
    }
}

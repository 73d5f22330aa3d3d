package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.link.credentials.AmbientCredentials;
import dev.attache.link.credentials.AssumedRole;
import dev.attache.link.credentials.StsDouble;
import dev.attache.source.SourcesProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

@ExtendWith(OutputCaptureExtension.class)
class MinimumLifetimeCheckTests {

    private static final AwsCredentials USER = AwsBasicCredentials.create(Signers.ACCESS_KEY, Signers.SECRET);

    private static final AwsCredentials SESSION_WITHOUT_EXPIRY =
            AwsSessionCredentials.create(Signers.ACCESS_KEY, Signers.SECRET, "token");

    private final Clock clock = Clock.systemUTC();

    private final AwsCredentials taskRole =
            Signers.session("ASIA1", clock.instant().plus(Duration.ofHours(1)));

    @Test
    void aMinimumThatNoLinkCanHaveStopsTheStartAndTheErrorNamesTwoFixes() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check(taskRole, "7h"))
                .withMessage(
                        "attache.sources.crm.min-expiry is 7h, but links are valid for 6h at most when they are signed"
                                + " with the credentials of a role, which expire after some hours. Sign with an IAM"
                                + " user's access keys (7d), or lower min-expiry to 6h or less");
    }

    /** A page signs its links for minutes, when they are needed. */
    @Test
    void pagesThatLiveLongerThanCredentialsDoNotStopTheStart(CapturedOutput output) {
        Map<String, String> properties =
                Map.of("attache.bucket", "attachments", "attache.sources.crm.max-page-expiry", "90d");

        check(taskRole, sources(properties));

        assertThat(output).contains("Links are valid for 6h at most").doesNotContain("WARN");
        Map<String, String> withMinimum = new HashMap<>(properties);
        withMinimum.put("attache.sources.crm.min-expiry", "7h");
        assertThatIllegalStateException()
                .isThrownBy(() -> check(taskRole, sources(withMinimum)))
                .withMessageStartingWith("attache.sources.crm.min-expiry is 7h, but links are valid for 6h at most");
    }

    @Test
    void everySourceWithSuchAMinimumIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check(taskRole, "7h", "1m", "2d"))
                .withMessageStartingWith(
                        "attache.sources.crm.min-expiry is 7h, attache.sources.shop.min-expiry is 2d, but");
    }

    @Test
    void aMinimumThatLinksCanHaveIsAccepted(CapturedOutput output) {
        check(taskRole, "6h");
        check(USER, "7d");

        assertThat(output)
                .contains("Links are valid for 6h at most")
                .contains("Links are valid for 7d at most")
                .doesNotContain("WARN");
    }

    @Test
    void aMinimumAboveTheSessionOfTheSigningRoleStopsTheStart() {
        StsDouble sts = new StsDouble(clock);
        AssumedRole role = new AssumedRole(sts, "arn:aws:iam::123456789012:role/a", Duration.ofHours(1), clock);

        new MinimumLifetimeCheck(sources("58m"), role).afterSingletonsInstantiated();
        assertThatIllegalStateException()
                .isThrownBy(() -> new MinimumLifetimeCheck(sources("1h"), role).afterSingletonsInstantiated())
                .withMessageContaining("58m at most")
                .withMessageContaining("attache.links.signing-role-arn");
    }

    @Test
    void credentialsWithoutAnExpiryCauseOneWarningThatNamesTheFix(CapturedOutput output) {
        check(SESSION_WITHOUT_EXPIRY, "1h", "1m");

        assertThat(output.toString().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains(
                        "expire earlier than they state",
                        "valid for 1h (attache.links.unknown-session-life)",
                        "attache.links.signing-role-arn");
    }

    @Test
    void aMinimumAboveTheAssumedLifetimeOfSuchCredentialsStopsTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check(SESSION_WITHOUT_EXPIRY, "2h"))
                .withMessageStartingWith("attache.sources.crm.min-expiry is 2h, but links are valid for 1h at most");
    }

    private void check(AwsCredentials credentials, String... minimums) {
        check(credentials, sources(minimums));
    }

    private void check(AwsCredentials credentials, SourcesProperties sources) {
        new MinimumLifetimeCheck(sources, new AmbientCredentials(() -> credentials, Signers.UNKNOWN_LIFE, clock))
                .afterSingletonsInstantiated();
    }

    /** The sources crm, helpdesk and shop, one for each minimum. */
    private static SourcesProperties sources(String... minimums) {
        String[] names = {"crm", "helpdesk", "shop"};
        Map<String, String> properties = new HashMap<>(Map.of("attache.bucket", "attachments"));
        for (int i = 0; i < minimums.length; i++) {
            properties.put("attache.sources." + names[i] + ".min-expiry", minimums[i]);
        }
        return sources(properties);
    }

    private static SourcesProperties sources(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("attache", SourcesProperties.class)
                .get();
    }
}

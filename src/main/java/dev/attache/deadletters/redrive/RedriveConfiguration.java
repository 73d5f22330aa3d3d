package dev.attache.deadletters.redrive;

import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventCodec;
import dev.attache.deadletters.Announcements;
import dev.attache.deadletters.LetterReader;
import dev.attache.deadletters.Snapshots;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.deadletters.dryrun.EditedEvents;
import dev.attache.deadletters.tasks.DeadLetterProperties;
import dev.attache.deadletters.tasks.Outcomes;
import dev.attache.deadletters.tasks.TaskAction;
import dev.attache.deadletters.tasks.VerdictStore;
import dev.attache.ledger.LedgerProperties;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueReference;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Beans for dead letters. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.CONSOLE)
class RedriveConfiguration {

    @Bean
    Snapshots deadLetters(@Qualifier("pagesS3") S3Client s3, LedgerProperties ledger) {
        return new Snapshots(s3, ledger.bucket(), ledger.prefix() + "console/snapshots/");
    }

    @Bean
    LetterReader letterReader(
            EventCodec codec,
            Announcements announcements,
            @Value("${spring.cloud.stream.sqs.binder.dead-letter-attribute-prefix}") String prefix,
            @Value("${spring.cloud.stream.bindings.emailDelivery-in-0.destination}") String emails,
            @Value("${spring.cloud.stream.bindings.newsletterDelivery-in-0.destination}") String newsletters) {
        return new LetterReader(
                codec,
                announcements,
                prefix,
                Map.of(
                        "email",
                        QueueReference.of(emails).name(),
                        "newsletter",
                        QueueReference.of(newsletters).name()));
    }

    @Bean
    TaskAction taskAction(
            @Lazy @Qualifier("consoleSqs") SqsClient sqs,
            QueueCatalog catalog,
            LetterReader reader,
            Snapshots snapshots,
            Outcomes outcomes,
            ObjectProvider<AcceptanceChecks> checks,
            ObjectProvider<EditedEvents> edited,
            VerdictStore verdicts,
            DeadLetterProperties properties,
            @Lazy @Qualifier("dryRunAttestation") SenderAttestation attestation,
            Clock clock,
            @Value("${spring.cloud.stream.sqs.binder.dead-letter-attribute-prefix}") String prefix) {
        RedriveContext context = new RedriveContext(
                new ConsoleQueues(sqs),
                catalog,
                reader,
                snapshots,
                outcomes,
                new RedrivenAttributes(prefix, attestation),
                properties,
                clock);
        return new TaskActions(
                new Scan(context),
                new Replay(context),
                new Discard(context),
                new DryRun(context, checks::getObject, verdicts),
                new Edit(context, edited::getObject));
    }
}

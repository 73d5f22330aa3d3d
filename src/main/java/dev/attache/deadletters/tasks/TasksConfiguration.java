package dev.attache.deadletters.tasks;

import dev.attache.audit.AuditLog;
import dev.attache.deadletters.Tasks;
import dev.attache.ledger.LedgerProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import dev.attache.queues.QueueCatalog;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beans for tasks. Their state is in the ledger, which they use through the pages' S3 client: a failing call changes
 * nothing for the worker.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeadLetterProperties.class)
@ConditionalOnRole({Role.WORKER, Role.CONSOLE})
class TasksConfiguration {

    /** The folder of the console's state in the ledger's. */
    private static final String FOLDER = "console/";

    @Bean
    TaskStore taskStore(
            @Qualifier("pageObjects") ConditionalObjects objects,
            @Qualifier("pagesS3") S3Client s3,
            LedgerProperties ledger,
            Pause ledgerPause) {
        return new TaskStore(objects, s3, ledger.bucket(), ledger.prefix() + FOLDER + "tasks/", ledgerPause);
    }

    @Bean
    Outcomes redriveOutcomes(
            @Qualifier("pageObjects") ConditionalObjects objects,
            @Qualifier("pagesS3") S3Client s3,
            LedgerProperties ledger) {
        return new Outcomes(objects, s3, ledger.bucket(), ledger.prefix() + FOLDER + "outcomes/");
    }

    @Bean
    @ConditionalOnRole(Role.CONSOLE)
    VerdictStore verdictStore(@Qualifier("pageObjects") ConditionalObjects objects, LedgerProperties ledger) {
        return new VerdictStore(objects, ledger.prefix() + FOLDER + "verdicts/");
    }

    @Bean
    @ConditionalOnRole(Role.CONSOLE)
    QueueLeases queueLeases(
            @Qualifier("pageObjects") ConditionalObjects objects,
            @Qualifier("pagesS3") S3Client s3,
            LedgerProperties ledger,
            DeadLetterProperties properties,
            Clock clock) {
        return new QueueLeases(
                objects, s3, ledger.bucket(), ledger.prefix() + FOLDER + "leases/", properties.lease(), clock);
    }

    @Bean
    @ConditionalOnRole(Role.WORKER)
    OutcomeRecorder redriveOutcomeListener(Outcomes outcomes, TaskStore store) {
        return new OutcomeRecorder(outcomes, store);
    }

    @Bean
    @ConditionalOnRole(Role.CONSOLE)
    TaskRunner taskRunner(
            QueueLeases leases,
            TaskStore store,
            TaskAction action,
            @Lazy AuditLog audit,
            DeadLetterProperties properties,
            Clock clock) {
        return new TaskRunner(leases, store, action, new TaskAudit(audit, clock), properties, clock);
    }

    @Bean
    @ConditionalOnRole(Role.CONSOLE)
    Tasks tasks(
            QueueLeases leases,
            TaskStore store,
            TaskRunner runner,
            TaskAction action,
            Outcomes outcomes,
            VerdictStore verdicts,
            QueueCatalog catalog,
            DeadLetterProperties properties,
            Clock clock) {
        return new LedgerTasks(
                leases, store, runner, action, outcomes, verdicts, catalog, properties, clock, new SecureRandom());
    }
}

package dev.attache.console.deadletters;

import dev.attache.audit.AuditLog;
import dev.attache.console.ConsolePages;
import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.Tasks;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueMonitor;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;

/**
 * The pages and the JSON about dead letters in the context of the management port. It is listed in
 * {@code ManagementContextConfiguration.imports} and is not a {@code Configuration}, so that component scans of the
 * application do not find it.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnRole(Role.CONSOLE)
class DeadLettersConsoleConfiguration {

    @Bean
    DeadLetterQueues deadLetterQueues(QueueCatalog catalog, QueueMonitor monitor, DeadLetters letters, Tasks tasks) {
        return new DeadLetterQueues(catalog, monitor, letters, tasks);
    }

    @Bean
    AuditedTasks auditedTasks(Tasks tasks, DeadLetters letters, AuditLog audit, Clock clock) {
        return new AuditedTasks(tasks, letters, audit, clock);
    }

    @Bean
    DeadLetterPages deadLetterPages(DeadLetterQueues queues, Tasks tasks, ConsolePages pages, Clock clock) {
        return new DeadLetterPages(queues, tasks, pages, clock);
    }

    @Bean
    ActionPages actionPages(DeadLetterQueues queues, Tasks tasks, AuditedTasks audited, ConsolePages pages) {
        return new ActionPages(queues, tasks, audited, pages);
    }

    @Bean
    EditPages editPages(DeadLetterQueues queues, Tasks tasks, AuditedTasks audited, ConsolePages pages) {
        return new EditPages(queues, tasks, audited, pages);
    }

    @Bean
    TaskPages taskPages(Tasks tasks, AuditedTasks audited, ConsolePages pages, Clock clock) {
        return new TaskPages(tasks, audited, pages, clock);
    }

    @Bean
    DeadLetterApi deadLetterApi(DeadLetterQueues queues) {
        return new DeadLetterApi(queues);
    }

    @Bean
    TaskApi taskApi(DeadLetterQueues queues, Tasks tasks, AuditedTasks audited) {
        return new TaskApi(queues, tasks, audited);
    }
}

package dev.attache.deadletters.redrive;

import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import dev.attache.deadletters.Verdicts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans for dead letters. */
@Configuration(proxyBeanMethods = false)
class RedriveConfiguration {

    @Bean
    DeadLetters deadLetters() {
        return new DeadLetters() {

            @Override
            public Optional<Snapshot> snapshot(String queue) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Bean
    Tasks tasks() {
        return new Tasks() {

            @Override
            public Task start(TaskRequest request, String by) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Task> find(UUID id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Task> latest(@Nullable String queue, int limit) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Task> running(String queue) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Task cancel(UUID id, String by) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Verdicts> verdicts(UUID dryRun) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean mayEdit() {
                return false;
            }
        };
    }
}

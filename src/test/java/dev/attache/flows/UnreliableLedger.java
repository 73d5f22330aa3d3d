package dev.attache.flows;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The worker's ledger, which a test can make unavailable. */
public final class UnreliableLedger implements OpenUploads {

    final AtomicInteger lookups = new AtomicInteger();

    volatile @Nullable RuntimeException failure;

    private final OpenUploads ledger;

    private UnreliableLedger(OpenUploads ledger) {
        this.ledger = ledger;
    }

    @Override
    public OpenUpload open(OpenUpload proposed) {
        return ledger.open(proposed);
    }

    @Override
    public Optional<OpenUpload> find(UUID id) {
        lookups.incrementAndGet();
        RuntimeException now = failure;
        if (now != null) {
            throw now;
        }
        return ledger.find(id);
    }

    @Override
    public Optional<OpenUpload> findByPage(String pageId) {
        return ledger.findByPage(pageId);
    }

    @Override
    public OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
        return ledger.change(id, change);
    }

    /** Uses it in place of the worker's ledger. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {

        @Bean
        @Primary
        UnreliableLedger unreliableLedger(@Qualifier("openUploads") OpenUploads ledger) {
            return new UnreliableLedger(ledger);
        }
    }
}

package dev.attache.ledger;

import dev.attache.ledger.Claims.Claim;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Claims of several workers on an in-memory S3. */
abstract class ClaimsTestBase {

    static final String ID = "0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d";

    static final String KEY = "ledger/claims/" + ID;

    static final Duration LEASE = Duration.ofMinutes(5);

    final InMemoryS3 s3 = new InMemoryS3();

    final AtomicInteger pauses = new AtomicInteger();

    final Claims claims = worker(1);

    final Claims others = worker(2);

    Claims worker(int seed) {
        Pause pause = attempt -> pauses.incrementAndGet();
        ConditionalObjects objects = new ConditionalObjects(s3, "attachments", pause);
        return new S3Claims(
                objects,
                "ledger/",
                new ClaimsBeforePages(objects, "attache-keys/", this::anyClaims),
                LEASE,
                new Random(seed),
                pause);
    }

    private boolean anyClaims() {
        return s3.objects.keySet().stream().anyMatch(it -> it.startsWith("ledger/claims/"));
    }

    String stored() {
        return new String(s3.objects.get(KEY), StandardCharsets.UTF_8);
    }

    Claim take(Claims worker) {
        return worker.take(ClaimKey.of(ID), null, null).orElseThrow();
    }
}

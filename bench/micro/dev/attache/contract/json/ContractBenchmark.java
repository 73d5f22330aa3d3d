package dev.attache.contract.json;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.unit.DataSize;

/** Reads and writes an event, and validates both against their schemas. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ContractBenchmark {

    private final EventCodec codec = new JsonEventCodec(DataSize.ofKilobytes(256));

    private final byte[] requested = EventFixtures.DOWNLOAD.getBytes(StandardCharsets.UTF_8);

    private final byte[] issued = """
        {"specversion":"1.0","id":"4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d","source":"crm","type":"link.issued",
         "time":"2026-11-21T09:00:00Z","subject":"contract-4711",
         "data":{"requestId":"7c1f","channel":"email","purpose":"download",
                 "recipient":{"address":"ana@example.com","name":"Ana Lima","locale":"pt-BR"},
                 "message":{"subject":"Your contract","text":"Please find it below."},
                 "links":[{"rel":"download","title":"Contract Lima.pdf","method":"GET",
                           "url":"https://attachments.s3.eu-west-1.amazonaws.com/downloads/crm/contract-4711.pdf?X-Amz-Expires=86400",
                           "headers":{},"fields":{},"bucket":"attachments","key":"downloads/crm/contract-4711.pdf",
                           "fileName":"Contract Lima.pdf","contentLength":48213,"contentType":"application/pdf",
                           "expiresAt":"2026-11-22T09:00:00Z"}],
                 "issuedAt":"2026-11-21T09:00:00Z"}}\
        """.getBytes(StandardCharsets.UTF_8);

    private final CloudEvent<LinkIssued> issuedEvent = codec.read(issued, EventType.LINK_ISSUED);

    @Benchmark
    public CloudEvent<?> read() {
        return codec.read(requested, EventType.ATTACHMENT_REQUESTED);
    }

    @Benchmark
    public byte[] write() {
        return codec.write(issuedEvent);
    }
}

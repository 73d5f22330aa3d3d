package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.permissions.iam.AwsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallRecordsTests {

    private static final RecordedCall CALL = new RecordedCall(
            Set.of("worker", "pages"),
            "S3AutoConfiguration s3",
            List.of("ledger", "intake"),
            new AwsRequest("s3:ListBucket", Sample.BUCKET, Map.of("s3:prefix", "ledger/")));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAndEachKindOfCallIsWrittenOnce() throws IOException {
        CallRecords records = new CallRecords(folder.resolve("new"));

        records.add(CALL);
        records.add(CALL);

        assertThat(CallRecords.read(folder.resolve("new"))).containsExactly(CALL);
        Path file = folder.resolve("new").resolve(ProcessHandle.current().pid() + ".jsonl");
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void aFolderThatDoesNotExistHasNoCalls() {
        assertThat(CallRecords.read(folder.resolve("missing"))).isEmpty();
    }
}

package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.attache.contract.value.UploadTerms;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 50 MB that the page sends in parts, in Chromium, over a connection that is cut. */
@RequiresChromium
class PartsBrowserIT {

    private static final int SIZE = 50_000_000;

    private static final long HALF = SIZE / 2;

    /** A part that is cut is sent again; three are sent at a time. */
    private static final long CUT_PARTS = 3L * StoredParts.PART_SIZE;

    @TempDir
    private static Path folder;

    private StoredParts parts;
    private OpenedUploadPage opened;
    private Page page;

    @BeforeEach
    void openThePage() throws IOException {
        UploadPageFixture fixture =
                new UploadPageFixture(new UploadTerms(List.of("application/pdf"), 100_000_000, null, null, null));
        opened = OpenedUploadPage.inParts(fixture, 16_000_000);
        parts = opened.server.parts();
        page = opened.page;
    }

    @AfterEach
    void closeThePage() {
        opened.close();
    }

    private static Path file(long seed) throws IOException {
        Path file = folder.resolve("Scan" + seed + ".pdf");
        if (!Files.exists(file)) {
            byte[] content = new byte[SIZE];
            new Random(seed).nextBytes(content);
            Files.write(file, content);
        }
        return file;
    }

    private void send(Page tab, Path file) {
        tab.locator("#file").setInputFiles(file);
        tab.locator("#send").click();
    }

    private void assertStored(Path file) throws IOException {
        assertThat(parts.object()).isEqualTo(StoredParts.composite(Files.readAllBytes(file)));
    }

    @Test
    void aLargeFileIsSentInPartsWithProgress() throws IOException {
        send(page, file(1));

        page.waitForFunction(
                "() => { const it = document.querySelector('progress'); return it.value > 0 && it.value < 100; }");
        opened.assertDone("Thank you, we have it", "Scan1.pdf");
        assertStored(file(1));
        assertThat(opened.server.storage.bytes).hasValue(SIZE);
        assertThat(opened.server.calls).doesNotContain("sign", "arrived");
        assertThat(opened.consoleMessages).isEmpty();
    }

    @Test
    void afterAConnectionThatIsCutAtHalfOnlyTheRestIsSentAgain() throws IOException {
        opened.server.storage.cutAt = HALF;
        send(page, file(1));
        assertThat(opened.state("Scan1.pdf")).containsText("The connection was interrupted");
        long before = opened.server.storage.bytes.get();
        opened.server.storage.cutAt = Long.MAX_VALUE;

        opened.assertDone("Thank you, we have it", "Scan1.pdf");

        assertStored(file(1));
        assertThat(opened.server.storage.bytes.get() - before).isLessThanOrEqualTo(SIZE - HALF + CUT_PARTS);
    }

    @Test
    void afterAReloadTheSameFileIsResumed() throws IOException {
        opened.server.storage.cutAt = HALF;
        send(page, file(1));
        assertThat(opened.state("Scan1.pdf")).containsText("The connection was interrupted");
        page.reload();
        long stored = parts.storedBytes();
        long before = opened.server.storage.bytes.get();
        opened.server.storage.cutAt = Long.MAX_VALUE;

        send(page, file(1));

        opened.assertDone("Thank you, we have it", "Scan1.pdf");
        assertStored(file(1));
        assertThat(stored).isPositive();
        assertThat(opened.server.storage.bytes.get() - before).isEqualTo(SIZE - stored);
    }

    @Test
    void afterAReloadAnotherFileIsSentAsAWhole() throws IOException {
        opened.server.storage.cutAt = HALF;
        send(page, file(1));
        assertThat(opened.state("Scan1.pdf")).containsText("The connection was interrupted");
        page.reload();
        long before = opened.server.storage.bytes.get();
        opened.server.storage.cutAt = Long.MAX_VALUE;

        send(page, file(2));

        opened.assertDone("Thank you, we have it", "Scan2.pdf");
        assertStored(file(2));
        assertThat(opened.server.storage.bytes.get() - before).isEqualTo(SIZE);
    }

    @Test
    void partsThatAnotherTabReplacedAreSentAgain() throws IOException {
        parts.changedOnce = true;

        send(page, file(1));

        opened.assertDone("Thank you, we have it", "Scan1.pdf");
        assertStored(file(1));
        assertThat(opened.server.calls).filteredOn("multipart"::equals).hasSize(2);
    }
}

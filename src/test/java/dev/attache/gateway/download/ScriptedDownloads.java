package dev.attache.gateway.download;

import dev.attache.contract.value.SignedUrl;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.download.PageView;
import dev.attache.download.Refusal;
import dev.attache.ledger.downloads.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One page that does what a test chooses, and records what the controller asks of it. */
final class ScriptedDownloads implements Downloads {

    /** Null if the mail is not claimed yet. */
    @Nullable
    PageView view;

    /** The result of the next presses. */
    Result result = new Result.Redirect(
            new SignedUrl("https://reports.s3.eu-central-1.amazonaws.com/report.pdf?X-Amz-Signature=secret"));

    @Nullable
    RuntimeException failure;

    /** The pressed items, with the typed address. */
    final List<String> pressed = new ArrayList<>();

    int renewals;

    @Override
    public Optional<PageView> find(PageToken token) {
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(view);
    }

    @Override
    public Result press(PageToken token, int item, @Nullable String typedAddress) {
        pressed.add(item + " " + typedAddress);
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    @Override
    public void renew(PageToken token) {
        renewals++;
    }

    void refuse(Refusal reason) {
        result = new Result.Refused(reason);
    }
}

package dev.attache.story;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.ledger.MailRecords;
import dev.attache.ledger.downloads.DeliveryKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mail with a download page, and what became of it.
 *
 * @param address the recipient's address
 * @param mail the state of the first mail
 * @param issuedAt when its link was issued
 * @param state the state of the link that is valid for longest
 * @param files the files of the page
 * @param newLinks how many mails with a new link followed
 * @param resendObstacle why the mail cannot be sent again; empty if it probably can
 * @param events everything that is known, the earliest first
 */
public record DeliveryStory(
        DeliveryKey key,
        String source,
        String requestId,
        String address,
        Purpose purpose,
        MailRecords.State mail,
        Instant issuedAt,
        StoryState state,
        List<FileUse> files,
        int newLinks,
        Optional<String> resendObstacle,
        List<StoryEvent> events) {

    public DeliveryStory {
        files = List.copyOf(files);
        events = List.copyOf(events);
    }

    /** Names the delivery in addresses of the console. Contains nothing personal and no secret. */
    public String id() {
        return key.path();
    }

    /** How often the files were downloaded. */
    public int downloads() {
        return files.stream().mapToInt(FileUse::downloads).sum();
    }

    /**
     * A file of the page.
     *
     * @param name its title or its file name
     * @param last when it was downloaded last; null if never
     */
    public record FileUse(
            String name,
            String bucket,
            String key,
            int downloads,
            @Nullable Instant last) {}
}

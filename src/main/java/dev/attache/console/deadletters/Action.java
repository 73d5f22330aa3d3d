package dev.attache.console.deadletters;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attache.deadletters.TaskRequest;

/** What a task does, with the words for it. */
public enum Action {
    SCAN("scan", "Scan", "found"),
    REPLAY("replay", "Replay", "sent"),
    DISCARD("discard", "Discard", "deleted"),
    DRY_RUN("dry-run", "Dry run", "checked"),
    EDIT("edit", "Edit and replay", "sent");

    private final String key;

    private final String title;

    private final String done;

    Action(String key, String title, String done) {
        this.key = key;
        this.title = title;
        this.done = done;
    }

    static Action of(TaskRequest request) {
        return switch (request) {
            case TaskRequest.Scan scan -> SCAN;
            case TaskRequest.Replay replay -> REPLAY;
            case TaskRequest.Discard discard -> DISCARD;
            case TaskRequest.DryRun dryRun -> DRY_RUN;
            case TaskRequest.Edit edit -> EDIT;
        };
    }

    /** Its name in JSON and in addresses. */
    @JsonValue
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** What it has done with a letter. */
    public String done() {
        return done;
    }
}

package dev.attache.story;

import dev.attache.ledger.downloads.LinkChange;
import java.util.ArrayList;
import java.util.List;

/** The events of a revocation and of extensions. */
final class ChangeTimeline {

    private ChangeTimeline() {}

    /** @param what which links are concerned, such as {@code all links of the request} */
    static List<StoryEvent> of(LinkChange change, String what) {
        List<StoryEvent> events = new ArrayList<>();
        LinkChange.Revocation revocation = change.revocation();
        if (revocation != null) {
            events.add(new StoryEvent(revocation.at(), StoryEvent.Kind.REVOKED, text(what, revocation.eventId())));
        }
        for (LinkChange.Extension extension : change.extensions()) {
            events.add(new StoryEvent(
                    extension.at(), StoryEvent.Kind.EXTENDED, text(what, extension.eventId()), extension.until()));
        }
        return events;
    }

    private static String text(String what, String eventId) {
        return what + " (event " + eventId + ")";
    }
}

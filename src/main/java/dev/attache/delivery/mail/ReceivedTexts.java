package dev.attache.delivery.mail;

import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.Recipient;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes what mails state about files that have arrived: who sent them, for which request, and their reference. */
record ReceivedTexts(ReceivedUpload received, Wording wording) {

    private static final int SUBJECT_LIMIT = 100;

    private static final int NAME_LIMIT = 100;

    private static final int REFERENCE_LIMIT = 40;

    private static final int ADDRESS_LIMIT = 320;

    /** The subject of a mail: what happened, the reference before mail programs cut it, and the request's subject. */
    String subject(String happened) {
        String referred = wording.text("item", happened, reference());
        return request().map(about -> wording.text("labelled", referred, about)).orElse(referred);
    }

    /** That the person who was asked has sent files; empty if it is not known who that was. */
    Optional<String> sent() {
        int files = received.files().size();
        return Optional.ofNullable(received.sender())
                .map(person ->
                        wording.counted("arrival.from", files, name(person).orElseGet(() -> address(person)), files));
    }

    /** Who sent the files, with the address. */
    Optional<String> sender() {
        return Optional.ofNullable(received.sender())
                .map(person -> name(person)
                        .map(name -> wording.text("item", name, address(person)))
                        .orElseGet(() -> address(person)));
    }

    String reference() {
        return DisplayText.line(received.reference(), REFERENCE_LIMIT);
    }

    /** The subject of the request. */
    Optional<String> request() {
        return Optional.ofNullable(received.subject())
                .map(subject -> DisplayText.line(subject, SUBJECT_LIMIT))
                .filter(subject -> !subject.isEmpty());
    }

    /** When the last of the files was received. */
    String receivedOn() {
        return wording.date(received.files().stream()
                .map(ReceivedUpload.File::receivedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH));
    }

    /** The files. Of several, each has its own time. */
    List<MailContent.Item> items() {
        boolean several = received.files().size() > 1;
        List<MailContent.Item> items = new ArrayList<>();
        for (ReceivedUpload.File file : received.files()) {
            items.add(ItemsWriter.item(
                    file.fileName(),
                    Stream.of(
                            wording.fileType(file.contentType(), file.fileName()),
                            Optional.of(wording.size(file.contentLength())),
                            several ? Optional.of(wording.date(file.receivedAt())) : Optional.<String>empty())));
        }
        return items;
    }

    private static Optional<String> name(Recipient person) {
        return DisplayText.name(person.name()).map(name -> DisplayText.line(name, NAME_LIMIT));
    }

    private static String address(Recipient person) {
        return DisplayText.line(person.address(), ADDRESS_LIMIT);
    }
}

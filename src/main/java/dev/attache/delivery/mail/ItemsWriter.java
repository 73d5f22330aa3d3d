package dev.attache.delivery.mail;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.storage.FileNames;
import dev.attache.wording.DisplayText;
import dev.attache.wording.Wording;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the files of a mail, and the button to its page. */
final class ItemsWriter {

    /**
     * The most files of a page that its mail lists. With the longest titles, in scripts of four bytes per character,
     * the mail then has less than 100 kB, so that Gmail does not clip it.
     */
    static final int MOST_LISTED = 50;

    private static final int TITLE_LIMIT = 200;

    private ItemsWriter() {}

    /** The button to the page; null if the links lead to files. */
    static MailContent.@Nullable Button button(LinkIssued issued, Wording wording) {
        int files = count(issued);
        return issued.links().stream()
                .flatMap(
                        link -> action(link.rel(), files, wording)
                                .map(action -> new MailContent.Button(
                                        action, link.url().reveal()))
                                .stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> action(Link.Rel rel, int files, Wording wording) {
        return switch (rel) {
            case UPLOAD_PAGE -> Optional.of(wording.text("upload.action"));
            case DOWNLOAD_PAGE -> Optional.of(wording.counted("page.action", files));
            case DOWNLOAD, UPLOAD -> Optional.empty();
        };
    }

    /** The number of files that the mail lists; 0 in mails that ask for one. */
    static int count(LinkIssued issued) {
        ReceivedUpload received = issued.received();
        if (issued.purpose() == LinkIssued.Purpose.RECEIPT && received != null) {
            return received.files().size();
        }
        DownloadPage page = issued.page();
        return page == null ? (int) downloads(issued).count() : page.items().size();
    }

    static List<MailContent.Item> items(LinkIssued issued, Wording wording) {
        ReceivedUpload received = issued.received();
        if (issued.purpose() == LinkIssued.Purpose.RECEIPT && received != null) {
            return new ReceivedTexts(received, wording).items();
        }
        DownloadPage page = issued.page();
        if (page == null) {
            return downloads(issued).map(link -> item(link, wording)).toList();
        }
        return page.items().stream()
                .limit(MOST_LISTED)
                .map(item -> item(item, wording))
                .toList();
    }

    private static Stream<Link> downloads(LinkIssued issued) {
        return issued.links().stream().filter(link -> link.rel() == Link.Rel.DOWNLOAD);
    }

    private static MailContent.Item item(Link link, Wording wording) {
        ObjectRef object = link.object();
        String fileName = link.fileName() == null && object != null ? FileNames.ofKey(object.key()) : link.fileName();
        String name = fileName == null ? "" : fileName;
        return new MailContent.Item(
                title(link.title(), name),
                details(link.contentType(), name, link.contentLength(), wording),
                new MailContent.Button(
                        wording.text("download.action"), link.url().reveal()));
    }

    private static MailContent.Item item(DownloadPage.Item item, Wording wording) {
        return new MailContent.Item(
                title(item.title(), item.fileName()),
                details(item.contentType(), item.fileName(), item.contentLength(), wording),
                null);
    }

    /** A title without visible characters is replaced by the file's name. */
    private static String title(@Nullable String title, String fileName) {
        String own = title == null || title.equals(fileName) ? "" : DisplayText.line(title, TITLE_LIMIT);
        return own.isEmpty() ? FileNames.forDisplay(fileName) : own;
    }

    private static String details(@Nullable String type, String fileName, @Nullable Long size, Wording wording) {
        return joined(Stream.of(
                wording.fileType(type, fileName), Optional.ofNullable(size).map(wording::size)));
    }

    private static String joined(Stream<Optional<String>> details) {
        return details.flatMap(Optional::stream).collect(Collectors.joining(" · "));
    }

    /** A file that the mail does not link to. */
    static MailContent.Item item(String fileName, Stream<Optional<String>> details) {
        return new MailContent.Item(FileNames.forDisplay(fileName), joined(details), null);
    }
}

package dev.attache.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A decoded mail.
 *
 * @param uid its number in the mailbox, greater than those of earlier mails
 * @param to the addresses in {@code To}, without display names
 * @param headers by name, ignoring case; decoded, in the order of the mail
 * @param text the plain-text part; empty if there is none
 * @param html the HTML part; empty if there is none
 */
public record ReceivedMail(
        long uid,
        Instant receivedAt,
        String from,
        List<String> to,
        String subject,
        Map<String, List<String>> headers,
        String text,
        String html) {

    private static final Pattern HREF = Pattern.compile("href=\"([^\"]+)\"");
    private static final Pattern URL_IN_TEXT = Pattern.compile("https?://\\S+");

    static ReceivedMail of(StoredMessage stored) {
        var message = stored.getMimeMessage();
        try {
            var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            for (var header : Collections.list(message.getAllHeaders())) {
                headers.merge(header.getName(), List.of(decoded(header)), ReceivedMail::joined);
            }
            return new ReceivedMail(
                    stored.getUid(),
                    stored.getReceivedDate().toInstant(),
                    addresses(message.getFrom()).findFirst().orElse(""),
                    addresses(message.getRecipients(RecipientType.TO)).toList(),
                    message.getSubject() == null ? "" : message.getSubject(),
                    headers,
                    part(message, "text/plain"),
                    part(message, "text/html"));
        } catch (MessagingException | IOException failed) {
            throw new IllegalStateException("Mail %d cannot be read".formatted(stored.getUid()), failed);
        }
    }

    /** The first value of a header, or an empty string. */
    public String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    /** The distinct http(s) links of the HTML part, entities decoded, in order. */
    @JsonProperty
    public List<String> links() {
        return HREF.matcher(html)
                .results()
                .map(match -> HtmlUtils.htmlUnescape(match.group(1)))
                .filter(url -> url.startsWith("http"))
                .distinct()
                .toList();
    }

    /** The distinct http(s) URLs of the plain-text part, in order. */
    public List<String> linksInText() {
        return List.copyOf(URL_IN_TEXT
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /**
     * Without bodies and headers: they contain links, which are secrets, and failing assertions print what they
     * compare.
     */
    @Override
    public String toString() {
        return "ReceivedMail[uid=%d, to=%s, subject=%s]".formatted(uid, to, subject);
    }

    private static Stream<String> addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? Stream.empty()
                : Arrays.stream(addresses).map(address -> ((InternetAddress) address).getAddress());
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                var found = part(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private static String decoded(Header header) throws IOException {
        return MimeUtility.decodeText(MimeUtility.unfold(header.getValue()));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

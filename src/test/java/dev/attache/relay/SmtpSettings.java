package dev.attache.relay;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a server.
 *
 * @param extensions the EHLO keywords, without STARTTLS and AUTH
 * @param startTls whether STARTTLS is offered
 * @param credentials if present, AUTH PLAIN and LOGIN are offered, and MAIL FROM is refused before
 * @param clock for instants; delays and pauses use real time
 */
public record SmtpSettings(
        List<String> extensions, boolean startTls, Optional<Credentials> credentials, InstantSource clock) {

    public record Credentials(String user, String password) {}

    public static SmtpSettings standard() {
        return new SmtpSettings(
                List.of("PIPELINING", "8BITMIME", "SIZE 35882577", "ENHANCEDSTATUSCODES"),
                false,
                Optional.empty(),
                InstantSource.system());
    }

    public SmtpSettings withExtensions(String... keywords) {
        return new SmtpSettings(List.of(keywords), startTls, credentials, clock);
    }

    public SmtpSettings withStartTls() {
        return new SmtpSettings(extensions, true, credentials, clock);
    }

    public SmtpSettings withCredentials(String user, String password) {
        return new SmtpSettings(extensions, startTls, Optional.of(new Credentials(user, password)), clock);
    }

    public SmtpSettings withClock(InstantSource other) {
        return new SmtpSettings(extensions, startTls, credentials, other);
    }

    /** @param encrypted whether the connection uses TLS already, so that STARTTLS is no longer offered */
    List<String> keywords(boolean encrypted) {
        return Stream.of(
                        extensions.stream(),
                        startTls && !encrypted ? Stream.of("STARTTLS") : Stream.<String>empty(),
                        credentials.isPresent() ? Stream.of("AUTH PLAIN LOGIN") : Stream.<String>empty())
                .flatMap(keywords -> keywords)
                .toList();
    }
}

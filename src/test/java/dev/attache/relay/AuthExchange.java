package dev.attache.relay;

import dev.attache.relay.traffic.Authentication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Obtains a client's credentials after AUTH (RFC 4954): PLAIN in one response, LOGIN in two. */
final class AuthExchange {

    private final SmtpConnection connection;

    AuthExchange(SmtpConnection connection) {
        this.connection = connection;
    }

    /**
     * @param argument the mechanism, and possibly the initial response
     * @return empty if the mechanism is unknown
     * @throws IllegalArgumentException if a response cannot be decoded
     */
    Optional<Authentication> credentials(String argument) throws IOException {
        String[] words = argument.split(" +", 2);
        Optional<String> initial = words.length > 1 ? Optional.of(words[1]) : Optional.empty();
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> Optional.of(plain(initial));
            case "LOGIN" -> Optional.of(login(initial));
            default -> Optional.empty();
        };
    }

    /** RFC 4616: authorization identity, user and password, with a NUL between each two. */
    private Authentication plain(Optional<String> initial) throws IOException {
        String response = initial.isPresent() ? decoded(initial.get()) : challenge("");
        String[] parts = response.split("\0", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("AUTH PLAIN needs three parts");
        }
        return new Authentication("PLAIN", parts[1], parts[2]);
    }

    private Authentication login(Optional<String> initial) throws IOException {
        String user = initial.isPresent() ? decoded(initial.get()) : challenge("Username:");
        return new Authentication("LOGIN", user, challenge("Password:"));
    }

    private String challenge(String text) throws IOException {
        connection.write("334 " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\r\n");
        return decoded(new String(connection.readLine(() -> {}), StandardCharsets.UTF_8));
    }

    private static String decoded(String response) {
        return new String(Base64.getDecoder().decode(response.strip()), StandardCharsets.UTF_8);
    }
}

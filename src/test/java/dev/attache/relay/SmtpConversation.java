package dev.attache.relay;

import static dev.attache.relay.behaviour.Answer.reply;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Answer.Close;
import dev.attache.relay.behaviour.Answer.Reply;
import dev.attache.relay.behaviour.Answer.ReplyThenClose;
import dev.attache.relay.behaviour.Answer.ReplyThenReset;
import dev.attache.relay.behaviour.Answer.Reset;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.behaviour.Step;
import dev.attache.relay.traffic.Authentication;
import dev.attache.relay.traffic.Command;
import dev.attache.relay.traffic.ReceivedMessage;
import dev.attache.relay.traffic.TrafficRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server's side of SMTP (RFC 5321) on one connection. */
final class SmtpConversation implements Runnable {

    private static final String HOST = "localhost";
    private static final Pattern PATH = Pattern.compile("(?:FROM|TO): *<([^>]*)>.*", Pattern.CASE_INSENSITIVE);

    private final int number;
    private final SmtpConnection connection;
    private final SmtpSettings settings;
    private final Script script;
    private final TrafficRecord traffic;
    private final Responder responder;
    private final Envelope envelope = new Envelope();
    private boolean greeted;

    SmtpConversation(
            int number, SmtpConnection connection, SmtpSettings settings, Script script, TrafficRecord traffic) {
        this.number = number;
        this.connection = connection;
        this.settings = settings;
        this.script = script;
        this.traffic = traffic;
        this.responder = new Responder(connection, script, settings.clock());
    }

    /** Returns when the connection is closed. */
    @Override
    public void run() {
        boolean reset = false;
        try {
            ask(Stage.CONNECT, reply(220, HOST + " ESMTP"));
            while (true) {
                handle(nextCommand());
            }
        } catch (ConnectionEndedException e) {
            reset = e.byReset();
        } catch (IOException e) {
            // The client has closed or broken the connection, or the server has.
        } finally {
            end(reset);
        }
    }

    private void end(boolean reset) {
        traffic.closed(number);
        if (reset) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    private String nextCommand() throws IOException {
        byte[] line = connection.readLine(() -> idle(Duration.between(responder.lastReply(), traffic.now())));
        return new String(line, StandardCharsets.UTF_8);
    }

    private void idle(Duration idle) throws IOException {
        Answer answer = script.answer(step(Stage.IDLE, envelope.recipients(), Optional.empty(), idle));
        if (answer instanceof Close
                || answer instanceof Reset
                || answer instanceof ReplyThenClose
                || answer instanceof ReplyThenReset) {
            responder.perform(answer, reply(421, "4.4.2 Idle for too long"), () -> {});
        }
    }

    private void handle(String line) throws IOException {
        String[] words = line.strip().split(" +", 2);
        String argument = words.length > 1 ? words[1] : "";
        var command = new Command(number, traffic.now(), line);
        boolean secret = command.verb().equals("AUTH");
        traffic.command(number, secret ? "AUTH " + argument.split(" ")[0] : line);
        switch (command.verb()) {
            case "EHLO" -> hello(Stream.concat(Stream.of(HOST), settings.keywords(connection.encrypted()).stream()));
            case "HELO" -> hello(Stream.of(HOST));
            case "STARTTLS" -> startTls();
            case "AUTH" -> authenticate(argument);
            case "MAIL" -> mailFrom(argument);
            case "RCPT" -> rcptTo(argument);
            case "DATA" -> data();
            case "RSET" -> {
                envelope.clear();
                responder.say(reply(250, "2.0.0 Ok"));
            }
            case "NOOP" -> responder.say(reply(250, "2.0.0 Ok"));
            case "QUIT" -> {
                ask(Stage.QUIT, reply(221, "2.0.0 Bye"));
                throw new ConnectionEndedException(false);
            }
            default -> responder.say(reply(500, "5.5.2 Command not recognized"));
        }
    }

    private void hello(Stream<String> lines) throws IOException {
        Reply reply = ask(Stage.EHLO, new Reply(250, lines.toList()));
        greeted = reply.positive();
        envelope.clear();
    }

    private void startTls() throws IOException {
        if (!settings.startTls() || connection.encrypted()) {
            responder.say(reply(503, "5.5.1 STARTTLS is not available"));
            return;
        }
        if (ask(Stage.STARTTLS, reply(220, "2.0.0 Ready to start TLS")).positive()) {
            connection.encrypt(SelfSignedCertificate.localhost().serverContext());
            traffic.encrypted(number);
            greeted = false;
            envelope.clear();
        }
    }

    private void authenticate(String argument) throws IOException {
        if (settings.credentials().isEmpty() || authenticated()) {
            responder.say(reply(503, "5.5.1 AUTH is not available"));
            return;
        }
        try {
            Optional<Authentication> given = new AuthExchange(connection).credentials(argument);
            if (given.isEmpty()) {
                responder.say(reply(504, "5.5.4 Mechanism not supported"));
            } else if (ask(Stage.AUTH, verdict(given.get())).positive()) {
                traffic.authenticated(number, given.get());
            }
        } catch (IllegalArgumentException e) {
            responder.say(reply(501, "5.5.2 Cannot decode the response"));
        }
    }

    private Reply verdict(Authentication given) {
        var credentials = new SmtpSettings.Credentials(given.user(), given.password());
        return Optional.of(credentials).equals(settings.credentials())
                ? reply(235, "2.7.0 Authentication successful")
                : reply(535, "5.7.8 Authentication failed");
    }

    private boolean authenticated() {
        return traffic.connection(number).authentication().isPresent();
    }

    private void mailFrom(String argument) throws IOException {
        Matcher path = PATH.matcher(argument);
        if (!greeted || envelope.begun()) {
            responder.say(reply(503, "5.5.1 Bad sequence of commands"));
        } else if (settings.credentials().isPresent() && !authenticated()) {
            responder.say(reply(530, "5.7.0 Authentication required"));
        } else if (!path.matches()) {
            responder.say(reply(501, "5.1.7 Bad sender address syntax"));
        } else {
            envelope.begin(path.group(1));
            if (!ask(Stage.MAIL_FROM, reply(250, "2.1.0 Ok")).positive()) {
                envelope.clear();
            }
        }
    }

    private void rcptTo(String argument) throws IOException {
        Matcher path = PATH.matcher(argument);
        if (!envelope.begun()) {
            responder.say(reply(503, "5.5.1 Need MAIL before RCPT"));
        } else if (!path.matches() || path.group(1).isEmpty()) {
            responder.say(reply(501, "5.1.3 Bad recipient address syntax"));
        } else {
            String recipient = path.group(1);
            var step = step(Stage.RCPT_TO, envelope.recipientsAnd(recipient), Optional.empty(), Duration.ZERO);
            if (responder
                    .perform(script.answer(step), reply(250, "2.1.5 Ok"), () -> {})
                    .positive()) {
                envelope.add(recipient);
            }
        }
    }

    private void data() throws IOException {
        if (!envelope.begun()) {
            responder.say(reply(503, "5.5.1 Need MAIL before DATA"));
        } else if (envelope.recipients().isEmpty()) {
            responder.say(reply(554, "5.5.1 No valid recipients"));
        } else if (ask(Stage.DATA, reply(354, "End data with <CR><LF>.<CR><LF>"))
                        .code()
                == 354) {
            byte[] message = connection.readMessage();
            traffic.command(number, ".");
            endOfData(new ReceivedMessage(message));
            envelope.clear();
        }
    }

    private void endOfData(ReceivedMessage message) throws IOException {
        var step = step(Stage.END_OF_DATA, envelope.recipients(), Optional.of(message), Duration.ZERO);
        var acceptance =
                new Acceptance(() -> traffic.accepted(number, envelope.from(), envelope.recipients(), message));
        responder.perform(script.answer(step), reply(250, "2.0.0 Ok: queued"), acceptance);
    }

    private Reply ask(Stage stage, Reply standard) throws IOException {
        var step = step(stage, envelope.recipients(), Optional.empty(), Duration.ZERO);
        return responder.perform(script.answer(step), standard, () -> {});
    }

    private Step step(Stage stage, List<String> recipients, Optional<ReceivedMessage> message, Duration idle) {
        return new Step(
                stage,
                number,
                traffic.open(),
                traffic.connection(number).mails(),
                traffic.mailCount(),
                envelope.from(),
                recipients,
                message,
                traffic.now(),
                idle);
    }
}

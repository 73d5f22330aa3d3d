package dev.attache.sandbox.pages;

import dev.attache.sandbox.CatchAllMail;
import dev.attache.sandbox.ReceivedMail;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /sandbox} and {@code /sandbox/mail}. */
public final class SandboxPages {

    private static final int MAILS_OF_OVERVIEW = 5;

    private final Samples samples;
    private final ChangeRequests changes;
    private final QueueDepths queues;
    private final PublishedEvents events;
    private final DeadLetters deadLetters;
    private final CatchAllMail mail;
    private final String console;

    /** @param console the address of the operators' console */
    public SandboxPages(
            Samples samples,
            ChangeRequests changes,
            QueueDepths queues,
            PublishedEvents events,
            DeadLetters deadLetters,
            CatchAllMail mail,
            String console) {
        this.samples = samples;
        this.changes = changes;
        this.queues = queues;
        this.events = events;
        this.deadLetters = deadLetters;
        this.mail = mail;
        this.console = console;
    }

    /** One line of the list of mails. */
    public record MailLine(long uid, List<String> to, String subject, Instant receivedAt) {

        static MailLine of(ReceivedMail mail) {
            return new MailLine(mail.uid(), mail.to(), mail.subject(), mail.receivedAt());
        }
    }

    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(
                        "/",
                        request -> ServerResponse.temporaryRedirect(URI.create("/sandbox"))
                                .build())
                .GET("/sandbox", this::overview)
                .GET("/sandbox/queues.json", request -> ServerResponse.ok().body(queues.now()))
                .POST("/sandbox/samples/{name}", this::send)
                .POST("/sandbox/links/revoke", request -> change(request, changes::revoke))
                .POST("/sandbox/links/extend", request -> change(request, changes::extend))
                .GET(
                        "/sandbox/mail",
                        request -> ServerResponse.ok()
                                .render("sandbox/mails", Map.of("mails", lines(), "console", console)))
                .GET("/sandbox/mail.json", request -> ServerResponse.ok().body(lines()))
                .GET(
                        "/sandbox/mail/{uid}.json",
                        request -> mail(request, found -> ServerResponse.ok().body(found)))
                .GET(
                        "/sandbox/mail/{uid}",
                        request -> mail(
                                request,
                                found -> ServerResponse.ok()
                                        .render(
                                                "sandbox/mail",
                                                Map.of(
                                                        "mail",
                                                        found,
                                                        "frame",
                                                        linksInNewTab(found.html()),
                                                        "console",
                                                        console))))
                .resources("/sandbox/assets/**", new ClassPathResource("sandbox/"))
                .build();
    }

    private ServerResponse overview(ServerRequest request) {
        var model = new HashMap<String, Object>();
        model.put("samples", samples.all());
        model.put("queues", queues.now());
        model.put("events", events.newestFirst());
        model.put("deadLetters", deadLetters.newestFirst());
        model.put("mails", lines().stream().limit(MAILS_OF_OVERVIEW).toList());
        model.put("console", console);
        model.put("sent", request.param("sent").orElse(""));
        return ServerResponse.ok().render("sandbox/overview", model);
    }

    private ServerResponse send(ServerRequest request) {
        var name = request.pathVariable("name");
        return samples.send(name)
                .map(SandboxPages::sent)
                .orElseGet(() -> ServerResponse.notFound().build());
    }

    private static ServerResponse change(ServerRequest request, BinaryOperator<String> change) {
        var source = request.param("source");
        var requestId = request.param("requestId");
        return source.isPresent() && requestId.isPresent()
                ? sent(change.apply(source.get(), requestId.get()))
                : ServerResponse.badRequest().build();
    }

    /** Back to the overview, which marks what the event with this id causes. */
    private static ServerResponse sent(String id) {
        return ServerResponse.seeOther(URI.create("/sandbox?sent=" + id)).build();
    }

    private List<MailLine> lines() {
        return mail.mails().stream().map(MailLine::of).toList();
    }

    private ServerResponse mail(ServerRequest request, Function<ReceivedMail, ServerResponse> page) {
        var uid = request.pathVariable("uid");
        return uid.matches("\\d{1,18}")
                ? mail.mail(Long.parseLong(uid))
                        .map(page)
                        .orElseGet(() -> ServerResponse.notFound().build())
                : ServerResponse.notFound().build();
    }

    /** The frame that shows a mail opens links in a new tab only. */
    private static String linksInNewTab(String html) {
        var target = "<base target=\"_blank\">";
        return html.contains("<head>") ? html.replaceFirst("<head>", "<head>" + target) : target + html;
    }
}

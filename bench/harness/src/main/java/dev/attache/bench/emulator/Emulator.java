package dev.attache.bench.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * An emulator of AWS and of a mail relay. Prints the ports of both when it listens, and exits when its standard input
 * is closed.
 */
public final class Emulator {

    private final SqsEndpoint sqs;

    private final SnsEndpoint sns;

    private final S3Endpoint s3;

    private final ControlEndpoint control;

    private Emulator(String origin, ReceivedMails mails) {
        Counts counts = new Counts();
        ObjectStore objects = new ObjectStore();
        sqs = new SqsEndpoint(counts, origin);
        Subscriptions subscriptions = new Subscriptions(sqs);
        sns = new SnsEndpoint(counts, subscriptions);
        s3 = new S3Endpoint(counts, objects);
        control = new ControlEndpoint(sqs, sns, subscriptions, objects, mails, counts);
    }

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        ReceivedMails mails = new ReceivedMails();
        SmtpRelay relay = new SmtpRelay(mails);
        Emulator emulator =
                new Emulator("http://127.0.0.1:" + server.getAddress().getPort(), mails);
        server.createContext("/", emulator::answer);
        server.start();
        relay.start();
        System.out.println(server.getAddress().getPort() + " " + relay.port());
        while (System.in.read() >= 0) {
            // Until the parent process has exited.
        }
        System.exit(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            if (exchange.getRequestURI().getPath().startsWith(ControlEndpoint.PATH)) {
                control.answer(exchange);
            } else if (exchange.getRequestHeaders().containsKey(SqsEndpoint.TARGET)) {
                sqs.answer(exchange);
            } else if (exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI().getPath().equals("/")) {
                sns.answer(exchange);
            } else {
                s3.answer(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            e.printStackTrace();
            Responses.send(exchange, 500, "text/plain", String.valueOf(e));
        }
    }
}

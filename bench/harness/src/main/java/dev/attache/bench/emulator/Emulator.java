package dev.attache.bench.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * The process that stands in for AWS and for a mail relay. Prints the ports of both once it listens, and ends with its
 * standard input.
 */
public final class Emulator {

    private final SqsDoor sqs;

    private final SnsDoor sns;

    private final S3Door s3;

    private final ControlDoor control;

    private Emulator(String origin, ReceivedMails mails) {
        Counts counts = new Counts();
        ObjectStore objects = new ObjectStore();
        sqs = new SqsDoor(counts, origin);
        Subscriptions subscriptions = new Subscriptions(sqs);
        sns = new SnsDoor(counts, subscriptions);
        s3 = new S3Door(counts, objects);
        control = new ControlDoor(sqs, sns, subscriptions, objects, mails, counts);
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
            // Until whoever started this is gone.
        }
        System.exit(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            if (exchange.getRequestURI().getPath().startsWith(ControlDoor.PATH)) {
                control.answer(exchange);
            } else if (exchange.getRequestHeaders().containsKey(SqsDoor.TARGET)) {
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

package dev.attache.bench;

import dev.attache.bench.emulator.Emulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The emulator and its mail relay, in their own process. */
final class Aws implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

    private final HttpClient http = HttpClient.newHttpClient();

    private final MeasuredProcess process;

    private final Endpoints endpoints;

    Aws(int core, Path log) {
        process = MeasuredProcess.startToRead(
                core,
                log,
                List.of(
                        Java.command(),
                        "-Xmx2g",
                        // Otherwise the content of a response is sent only after its headers were acknowledged.
                        "-Dsun.net.httpserver.nodelay=true",
                        "-Dsun.net.httpserver.maxIdleConnections=1000",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Emulator.class.getName()));
        try {
            String ports = new BufferedReader(
                            new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (ports == null) {
                throw new IllegalStateException("The emulator did not start; see " + log);
            }
            String[] both = ports.split(" ");
            endpoints = new Endpoints("http://127.0.0.1:" + both[0], Integer.parseInt(both[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Endpoints endpoints() {
        return endpoints;
    }

    MeasuredProcess process() {
        return process;
    }

    Map<String, Long> stats() {
        return JSON.readValue(ask("stats"), COUNTS);
    }

    Map<String, Long> fill(String kind, long count) {
        return JSON.readValue(ask("fill?kind=%s&count=%d".formatted(kind, count)), COUNTS);
    }

    long[] latencies(int count, int pauseMillis) {
        return JSON.readValue(ask("latencies?count=%d&pause=%d".formatted(count, pauseMillis)), long[].class);
    }

    private String ask(String what) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(endpoints.aws() + "/-control/" + what))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(what + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.close();
    }
}

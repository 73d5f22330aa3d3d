package dev.attache.console.deadletters;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditPage;
import dev.attache.audit.AuditUnavailableException;
import dev.attache.console.ConsoleAssets;
import dev.attache.console.ConsoleFormat;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Operator;
import dev.attache.console.api.ApiTestSetup;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Snapshot;
import dev.attache.queues.Depth;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** The controllers about dead letters, with two queues, snapshots and tasks in memory, at a fixed time. */
final class ConsoleFixture {

    static final Instant NOW = Instant.parse("2026-11-27T10:31:00Z");

    static final String QUEUE = "attachment-requests-dlq";

    static final String OTHER = "purchases-completed-dlq";

    static final Operator OPERATOR = new Operator("ana", true);

    static final Operator VIEWER = new Operator("vic", false);

    final FakeTasks tasks = new FakeTasks(NOW);
    final List<AuditEntry> audited = new ArrayList<>();
    boolean auditUnavailable;
    Operator reader = OPERATOR;

    private final List<KnownQueue> queues =
            List.of(queue(QUEUE, "attachment-requests"), queue(OTHER, "purchases-completed"));

    private static KnownQueue queue(String name, String source) {
        return new KnownQueue(name, name, KnownQueue.Kind.DEAD_LETTERS, source, null, Duration.ofDays(14));
    }

    /** A letter that failed some minutes ago. */
    static DeadLetter letter(int number, @Nullable String code, @Nullable String source) {
        Instant failed = NOW.minus(Duration.ofMinutes(number + 1L));
        return new DeadLetter(
                QUEUE,
                "00000000-0000-4000-8000-%012d".formatted(number),
                code,
                reason(number, code),
                source,
                "attachment.requested",
                "event-" + number,
                "request-" + number,
                "attachment-requests",
                code == null ? 0 : 1,
                failed,
                code == null ? null : failed,
                failed.plus(number == 0 ? Duration.ofHours(5) : Duration.ofDays(13)),
                code != null,
                code == null ? null : "request.rejected",
                code == null ? null : "rejected-" + number,
                code == null ? Map.of() : Map.of("type", "attachment.requested", "attache-code", code),
                "{\"data\":{\"recipients\":[\"maria%d@example.com\"],\"attachment\":{\"key\":\"downloads/shop/%d.pdf\"}}}"
                        .formatted(number, number),
                true,
                480);
    }

    private static @Nullable String reason(int number, @Nullable String code) {
        return switch (code) {
            case null -> null;
            case "OBJECT_NOT_FOUND" -> "There is no object downloads/shop/%d.pdf".formatted(number);
            default -> "Source crm may not link to key downloads/shop/%d.pdf".formatted(number);
        };
    }

    ConsoleFixture scanned(DeadLetter... letters) {
        tasks.snapshots.put(
                QUEUE, new Snapshot(QUEUE, NOW.minusSeconds(60), letters.length, 0, true, List.of(letters)));
        return this;
    }

    MockMvc mvc() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        QueueCatalog catalog = () -> queues;
        QueueMonitor monitor = () -> queues.stream().map(this::state).toList();
        ConsolePages pages =
                new ConsolePages(new ConsoleAssets().addresses(), new ConsoleFormat(ZoneOffset.UTC, clock));
        DeadLetterQueues known = new DeadLetterQueues(catalog, monitor, tasks, tasks);
        AuditedTasks started = new AuditedTasks(tasks, tasks, audit(), clock);
        return ApiTestSetup.of(
                        MockMvcBuilders.standaloneSetup(
                                        new DeadLetterPages(known, tasks, pages, clock),
                                        new ActionPages(known, tasks, started, pages),
                                        new EditPages(known, tasks, started, pages),
                                        new TaskPages(tasks, started, pages, clock),
                                        new DeadLetterApi(known),
                                        new TaskApi(known, tasks, started))
                                .setCustomArgumentResolvers(new Reader()),
                        new Problems())
                .addFilters(ConsoleFixture::withServletPath)
                .build();
    }

    /** The servlet of the management port is mapped to all paths. */
    private static void withServletPath(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {

                    @Override
                    public String getServletPath() {
                        return getRequestURI();
                    }
                },
                response);
    }

    MockHttpServletResponse answer(MockHttpServletRequestBuilder request) {
        try {
            return mvc().perform(request).andReturn().getResponse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private QueueState state(KnownQueue queue) {
        long visible = tasks.snapshot(queue.name())
                .map(it -> (long) it.letters().size())
                .orElse(0L);
        return new QueueState(queue, new Depth(visible, 0, 0), null, NOW, List.of(), null, null);
    }

    private AuditLog audit() {
        return new AuditLog() {

            @Override
            public void record(AuditEntry entry) {
                if (auditUnavailable) {
                    throw new AuditUnavailableException("The audit log cannot be written", new RuntimeException());
                }
                audited.add(entry);
            }

            @Override
            public AuditPage latest(int limit, @Nullable String older, String containing) {
                throw new UnsupportedOperationException();
            }
        };
    }

    static UUID id(int number) {
        return new UUID(0, number);
    }

    private final class Reader implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Operator.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return reader;
        }
    }

    /** As the console answers what controllers of pages throw. */
    private static final class Problems implements HandlerExceptionResolver {

        @Override
        public @Nullable ModelAndView resolveException(
                HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
            try {
                switch (failure) {
                    case ConsoleProblem problem ->
                        response.sendError(problem.status().value(), problem.title());
                    case AuditUnavailableException unavailable -> response.sendError(503);
                    default -> {
                        return null;
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return new ModelAndView();
        }
    }
}

package dev.attache.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Limits the number of concurrent requests, and each client's rate of page requests. A refused request costs neither a
 * call to S3 nor the rendering of a page.
 *
 * <p>Slow clients do not use up the concurrent requests: a request acquires its permit after its body was read, and
 * releases it before its response, which is small, is sent.
 */
final class PageLimitFilter extends OncePerRequestFilter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Semaphore permits;

    private final ClientAddresses addresses;

    private final ClientRateLimiter rates;

    private final BodyReadPermits bodyReads;

    private final PageRefusals refusals;

    private final List<PageKind> kinds;

    private final LongSupplier nanoTime;

    /**
     * @param concurrent how many requests are handled concurrently. Four times as many may wait for their bodies, a
     *     fifth as many per client
     * @param nanoTime a monotonic time with any origin, such as {@link System#nanoTime}
     */
    PageLimitFilter(
            int concurrent,
            ClientAddresses addresses,
            ClientRateLimiter rates,
            PageRefusals refusals,
            List<PageKind> kinds,
            LongSupplier nanoTime) {
        this.permits = new Semaphore(concurrent);
        this.addresses = addresses;
        this.rates = rates;
        this.bodyReads = new BodyReadPermits(4 * concurrent, Math.max(1, concurrent / 5));
        this.refusals = refusals;
        this.kinds = List.copyOf(kinds);
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest received, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest request = new FixedLocaleRequest(received);
        Optional<PageKind> kind =
                kinds.stream().filter(known -> known.matches(request)).findFirst();
        if (kind.isEmpty()) {
            handle(request, false, response, chain);
            return;
        }
        boolean forScript = kind.get().isScriptCall(request);
        String client = addresses.client(request);
        Duration wait = rates.tryAcquire(client);
        if (!wait.isZero()) {
            refusals.refuse(PageRefusals.Limit.CLIENT_RATE, wait, forScript, request, response);
        } else if (!kind.get().hasSmallBody(request)) {
            handle(request, forScript, response, chain);
        } else if (bodyReads.tryAcquire(client)) {
            Optional<byte[]> body = body(request, client);
            if (body.isPresent()) {
                handle(new BufferedBodyRequest(request, body.get()), forScript, response, chain);
            } else {
                // The rest of the body is not read (RFC 9110, section 15.5.9).
                response.setHeader(HttpHeaders.CONNECTION, "close");
                refusals.refuse(PageRefusals.Limit.BODY_TIME, RETRY_AFTER, forScript, request, response);
            }
        } else {
            refusals.refuse(PageRefusals.Limit.WAITING_BODIES, RETRY_AFTER, forScript, request, response);
        }
    }

    private Optional<byte[]> body(HttpServletRequest request, String client) throws IOException {
        try {
            return RequestBodies.read(request.getInputStream(), RequestBodies.LIMIT + 1, nanoTime);
        } finally {
            bodyReads.release(client);
        }
    }

    private void handle(HttpServletRequest request, boolean forScript, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!permits.tryAcquire()) {
            refusals.refuse(PageRefusals.Limit.CONCURRENT, RETRY_AFTER, forScript, request, response);
            return;
        }
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, answer);
        } finally {
            permits.release();
        }
        answer.copyBodyToResponse();
    }
}

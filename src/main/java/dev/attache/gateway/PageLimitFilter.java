package dev.attache.gateway;

import dev.attache.contract.value.PagePaths;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lets no more requests through than the worker has memory for, and no more of one client for pages than people send.
 * What is refused costs neither a call of S3 nor the rendering of a page. Clients that send or receive slowly are
 * waited for outside the bound of those that are handled: bodies are read before it, and answers, which are small, are
 * sent behind it.
 */
final class PageLimitFilter extends OncePerRequestFilter {

    static final Duration BUSY = Duration.ofSeconds(10);

    private final Semaphore permits;

    private final ClientAddresses addresses;

    private final ClientRates rates;

    private final WaitingBodies bodies;

    private final PageRefusals refusals;

    private final LongSupplier nanoTime;

    /**
     * @param concurrent how many requests are handled at once; four times as many may wait for bodies, a fifth as many
     *     of one client
     */
    PageLimitFilter(
            int concurrent,
            ClientAddresses addresses,
            ClientRates rates,
            PageRefusals refusals,
            LongSupplier nanoTime) {
        this.permits = new Semaphore(concurrent);
        this.addresses = addresses;
        this.rates = rates;
        this.bodies = new WaitingBodies(4 * concurrent, Math.max(1, concurrent / 5));
        this.refusals = refusals;
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest received, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest request = new RequestWithFixedLocale(received);
        if (!isPage(request)) {
            handle(request, response, chain);
            return;
        }
        String client = addresses.client(request);
        Duration wait = rates.take(client);
        if (!wait.isZero()) {
            refusals.refuse(PageRefusals.Limit.CLIENT_RATE, wait, request, response);
        } else if (!DescriptionBody.isRead(request)) {
            handle(request, response, chain);
        } else if (bodies.begin(client)) {
            Optional<byte[]> body = body(request, client);
            if (body.isPresent()) {
                handle(new RequestWithBody(request, body.get()), response, chain);
            } else {
                response.setStatus(HttpStatus.REQUEST_TIMEOUT.value());
            }
        } else {
            refusals.refuse(PageRefusals.Limit.WAITING_BODIES, BUSY, request, response);
        }
    }

    private Optional<byte[]> body(HttpServletRequest request, String client) throws IOException {
        try {
            return DescriptionBody.read(request.getInputStream(), DescriptionBody.LIMIT + 1, nanoTime);
        } finally {
            bodies.end(client);
        }
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!permits.tryAcquire()) {
            refusals.refuse(PageRefusals.Limit.CONCURRENT, BUSY, request, response);
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

    /** The path as the server maps it: decoded, without parameters and double slashes. */
    private static boolean isPage(HttpServletRequest request) {
        return request.getServletPath().startsWith(PagePaths.UPLOAD);
    }
}

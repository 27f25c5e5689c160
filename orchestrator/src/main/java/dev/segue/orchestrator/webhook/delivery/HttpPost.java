package dev.segue.orchestrator.webhook.delivery;

import dev.segue.orchestrator.callback.CallbackRules;
import dev.segue.orchestrator.webhook.message.SongMessage;
import dev.segue.orchestrator.webhook.signature.Signer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages over HTTP: looks a name up, checks all its addresses, connects to the one that it checked. Nothing is
 * retried, redirected, remembered or sent through a proxy by itself, every sending has a connection of its own, and an
 * answer's body is thrown away unread beyond its first bytes. Sendings wait for the network together, on one thread; only
 * names are looked up on a few more, because that cannot be done otherwise.
 *
 * <p>A little larger than most classes: most of it says what the client must not do.
 *
 * <p>Safe for any number of threads.
 */
public final class HttpPost implements Post, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPost.class);
    private static final ContentType JSON = ContentType.create("application/json");
    private static final int LOOKUPS = 16;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private final CallbackRules rules;
    private final Signer signer;
    private final Names names;
    private final Duration limit;
    private final Clock clock;
    private final ExecutorService lookups;
    private final CloseableHttpAsyncClient client;

    /**
     * A client at work.
     *
     * @param limit how long one sending may take, from looking the name up to the end of the answer
     * @param trust whom TLS trusts
     * @param sendings how many there are at a time, at most
     */
    public HttpPost(
            CallbackRules rules,
            Signer signer,
            Names names,
            Duration limit,
            SSLContext trust,
            int sendings,
            Clock clock) {
        this.rules = Objects.requireNonNull(rules, "rules is null");
        this.signer = Objects.requireNonNull(signer, "signer is null");
        this.names = Objects.requireNonNull(names, "names is null");
        this.limit = Objects.requireNonNull(limit, "limit is null");
        this.clock = Objects.requireNonNull(clock, "clock is null");
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                LOOKUPS,
                LOOKUPS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("webhook-lookup", true));
        pool.allowCoreThreadTimeOut(true);
        this.lookups = pool;
        this.client = client(limit, trust, sendings);
        client.start();
    }

    private static CloseableHttpAsyncClient client(Duration limit, SSLContext trust, int sendings) {
        Timeout connect = Timeout.of(limit.compareTo(LONGEST_CONNECT) < 0 ? limit : LONGEST_CONNECT);
        Timeout whole = Timeout.of(limit);
        return HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setDnsResolver(new NoResolver())
                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                .setSslContext(trust)
                                .buildAsync())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                                .setHandshakeTimeout(whole)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(whole)
                                .build())
                        .setMaxConnTotal(sendings)
                        .setMaxConnPerRoute(sendings)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(whole)
                        .setResponseTimeout(whole)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setThreadFactory(new DefaultThreadFactory("webhook-http", true))
                // Its way of ending while sendings are under way; each of them says for itself what came of it.
                .setIoReactorExceptionCallback(failure -> LOG.debug("event=webhook_http_failure", failure))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Segue-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @Override
    public CompletableFuture<Outcome> send(SongMessage message) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Future<?> lookup = lookups.submit(() -> lookUp(message, outcome));
        return outcome.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(failure -> {
            lookup.cancel(true);
            return Outcome.failed(reason(failure));
        });
    }

    private void lookUp(SongMessage message, CompletableFuture<Outcome> outcome) {
        try {
            int any = ThreadLocalRandom.current().nextInt(1 << 16);
            HttpHost host = CheckedAddress.of(message.address(), rules, names, any);
            if (!outcome.isDone()) {
                execute(message, host, outcome);
            }
        } catch (CheckedAddress.ForbiddenException e) {
            outcome.complete(new Outcome.Forbidden(e.getMessage()));
        } catch (UnknownHostException e) {
            outcome.complete(Outcome.failed("nobody knows its name"));
        } catch (RuntimeException e) {
            outcome.completeExceptionally(e);
        }
    }

    private void execute(SongMessage message, HttpHost host, CompletableFuture<Outcome> outcome) {
        AsyncRequestBuilder request =
                AsyncRequestBuilder.post(message.address()).setEntity(message.body(), JSON);
        signer.headers(message.id(), clock.instant(), message.body()).forEach(request::setHeader);
        AsyncRequestProducer producer = request.build();
        Future<?> exchange = client.execute(
                host,
                producer,
                new AnswerReader(outcome, clock),
                null,
                HttpClientContext.create(),
                new AnswerEnd(outcome));
        outcome.whenComplete((result, failure) -> exchange.cancel(true));
    }

    private String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "it did not answer within " + limit;
        }
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Sends nothing more; sendings under way fail. */
    @Override
    public void close() {
        lookups.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    /** Keeps the client from looking up names by itself. */
    private static final class NoResolver implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + " was not looked up beforehand");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}

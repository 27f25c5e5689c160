package dev.segue.contracts.store;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How an object store is reached.
 *
 * @param endpoint its address; empty for Amazon's own of the region
 * @param region where it is, or whatever a store without regions is content with
 * @param pathStyle whether the bucket stands in the path of an address rather than in its host
 * @param credentials who asks; empty for what the SDK finds in the environment
 * @param attempts how often a call is tried that fails in a way that may pass
 */
public record S3Access(
        Optional<URI> endpoint, String region, boolean pathStyle, Optional<Credentials> credentials, int attempts) {
    /** Tries of a call: with pauses of a tenth of a second that double, about six seconds. */
    public static final int ATTEMPTS = 7;

    /** {@link #endpoint}. */
    public static final Setting<String> ENDPOINT = Setting.text(
                    "SEGUE_S3_ENDPOINT",
                    "Address of the S3 store; Amazon's if empty.",
                    "an address that begins with http:// or https://",
                    Pattern.compile("(https?://.+)?"))
            .orElse("");

    /** {@link #region}. */
    public static final Setting<String> REGION = Setting.text(
                    "SEGUE_S3_REGION",
                    "Region of the S3 store; many ignore it.",
                    "a region",
                    Pattern.compile("[a-z0-9-]+"))
            .orElse("us-east-1");

    /** Where songs are put. */
    public static final Setting<String> BUCKET = Setting.text(
                    "SEGUE_S3_BUCKET",
                    "Bucket of the S3 store in which songs and prompts lie.",
                    "3 to 63 of a-z, 0-9, dot and dash",
                    Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"))
            .orElse("segue");

    /** {@link #credentials}. */
    public static final Setting<Optional<String>> ACCESS_KEY = Setting.optionalText(
            "SEGUE_S3_ACCESS_KEY",
            "Access key of the S3 store; if empty, what the AWS SDK finds in the environment, in a profile or of the"
                    + " machine.");

    /** {@link #credentials}. */
    public static final Setting<Optional<String>> SECRET_KEY = Setting.optionalText(
                    "SEGUE_S3_SECRET_KEY", "Secret key that goes with the access key.")
            .secret();

    /** {@link #pathStyle}. */
    public static final Setting<String> PATH_STYLE = Setting.text(
                    "SEGUE_S3_PATH_STYLE",
                    "Whether the bucket stands in the path of an address rather than in its host.",
                    "true or false",
                    Pattern.compile("true|false"))
            .orElse("true");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS =
            List.of(ENDPOINT, REGION, BUCKET, ACCESS_KEY, SECRET_KEY, PATH_STYLE);

    private static final Setting<String> SECRET_KEY_OF_ACCESS_KEY =
            Setting.text(SECRET_KEY.key(), SECRET_KEY.description()).secret();

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration READ_PATIENCE = Duration.ofSeconds(30);

    public S3Access {
        Objects.requireNonNull(endpoint, "endpoint is null");
        Objects.requireNonNull(region, "region is null");
        Objects.requireNonNull(credentials, "credentials is null");
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + "; a call needs at least 1");
        }
    }

    /**
     * The store that settings describe.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one cannot be, or a secret key is missing
     */
    public static S3Access from(Settings settings) {
        return new S3Access(
                Optional.of(settings.get(ENDPOINT))
                        .filter(text -> !text.isEmpty())
                        .map(URI::create),
                settings.get(REGION),
                Boolean.parseBoolean(settings.get(PATH_STYLE)),
                settings.get(ACCESS_KEY).map(key -> new Credentials(key, settings.get(SECRET_KEY_OF_ACCESS_KEY))),
                ATTEMPTS);
    }

    /** A store at an address of its own, whose buckets stand in the path. */
    public static S3Access at(URI endpoint, String accessKey, String secretKey) {
        return new S3Access(
                Optional.of(endpoint),
                Region.US_EAST_1.id(),
                true,
                Optional.of(new Credentials(accessKey, secretKey)),
                ATTEMPTS);
    }

    /**
     * Who asks.
     *
     * @param accessKey known to all
     * @param secretKey never printed
     */
    public record Credentials(String accessKey, String secretKey) {
        public Credentials {
            Objects.requireNonNull(accessKey, "accessKey is null");
            Objects.requireNonNull(secretKey, "secretKey is null");
        }

        @Override
        public String toString() {
            return "Credentials[accessKey=" + accessKey + ", secretKey=***]";
        }
    }

    /** The same store, asked at most so often. */
    public S3Access withAttempts(int most) {
        return new S3Access(endpoint, region, pathStyle, credentials, most);
    }

    /** The same store, asked by somebody else. */
    public S3Access withCredentials(String accessKey, String secretKey) {
        return new S3Access(endpoint, region, pathStyle, Optional.of(new Credentials(accessKey, secretKey)), attempts);
    }

    /** A new connection, safe for any number of threads; whoever asks for it closes it. */
    public S3Client client() {
        return client(configuration -> {});
    }

    /**
     * A new connection, as {@link #client()}.
     *
     * @param more what else its configuration says
     */
    public S3Client client(Consumer<ClientOverrideConfiguration.Builder> more) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(region))
                .forcePathStyle(pathStyle)
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_PATIENCE)
                        .socketTimeout(READ_PATIENCE)
                        .build())
                .overrideConfiguration(configuration -> more.accept(configuration.retryStrategy(retries())));
        endpoint.ifPresent(builder::endpointOverride);
        credentials.ifPresent(known -> builder.credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(known.accessKey(), known.secretKey()))));
        return builder.build();
    }

    private StandardRetryStrategy retries() {
        BackoffStrategy pauses = BackoffStrategy.exponentialDelayHalfJitter(FIRST_PAUSE, LONGEST_PAUSE);
        return StandardRetryStrategy.builder()
                .maxAttempts(attempts)
                .backoffStrategy(pauses)
                .throttlingBackoffStrategy(pauses)
                // One song's trouble must not take the tries of another.
                .circuitBreakerEnabled(false)
                .useClientDefaults(true)
                .build();
    }
}

package dev.segue.worker.generation;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Where S3 is. Credentials come the way that the AWS SDK looks for them: {@code AWS_ACCESS_KEY_ID} and {@code
 * AWS_SECRET_ACCESS_KEY}, a profile, or the machine's role.
 *
 * @param endpoint of a store other than Amazon's, whose buckets are then part of the path
 * @param region of the store
 */
public record S3Access(Optional<URI> endpoint, String region) {
    /** {@link #endpoint}. */
    public static final Setting<String> ENDPOINT = Setting.text(
                    "SEGUE_S3_ENDPOINT",
                    "Address of an S3 store; Amazon's if empty.",
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

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(ENDPOINT, REGION);

    static S3Access from(Settings settings) {
        return new S3Access(
                Optional.of(settings.get(ENDPOINT))
                        .filter(text -> !text.isEmpty())
                        .map(URI::create),
                settings.get(REGION));
    }

    /** A new client, to be closed. */
    public S3Client client() {
        S3ClientBuilder builder =
                S3Client.builder().region(Region.of(region)).httpClientBuilder(UrlConnectionHttpClient.builder());
        endpoint.ifPresent(address -> builder.endpointOverride(address).forcePathStyle(true));
        return builder.build();
    }
}

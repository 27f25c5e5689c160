package dev.segue.standalone.songs;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * An object store that speaks S3.
 *
 * @param endpoint its address; empty for Amazon's
 * @param region as Amazon names them; others take any
 * @param bucket that holds everything
 * @param keys what requests are signed with; empty for what the environment of Amazon's tools offers
 */
public record ObjectStore(Optional<URI> endpoint, String region, String bucket, Optional<Keys> keys) {

    public ObjectStore {
        Objects.requireNonNull(endpoint, "endpoint is null");
        Objects.requireNonNull(region, "region is null");
        Objects.requireNonNull(bucket, "bucket is null");
        Objects.requireNonNull(keys, "keys is null");
    }

    /**
     * A name and its secret.
     *
     * @param access the name
     * @param secret the secret
     */
    public record Keys(String access, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Keys[access=" + access + ", secret=****]";
        }
    }

    /** A new connection; the caller closes it. */
    public S3Client open() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(region))
                .forcePathStyle(true);
        endpoint.ifPresent(builder::endpointOverride);
        keys.ifPresent(pair -> builder.credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(pair.access(), pair.secret()))));
        return builder.build();
    }

    /** For people. */
    String describe(String key) {
        return "s3://" + bucket + "/" + key;
    }
}

package dev.segue.worker.assembly;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/** A connection that breaks at a certain put. */
final class FaultyS3 {
    private FaultyS3() {}

    /** Passes everything on until so many objects were put, and fails each further put. */
    static S3Client afterPuts(S3Client real, int puts) {
        AtomicInteger left = new AtomicInteger(puts);
        return (S3Client) Proxy.newProxyInstance(
                FaultyS3.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("putObject") && left.getAndDecrement() <= 0) {
                        throw SdkClientException.create("the connection broke");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package dev.segue.worker.assembly;

import ai.djl.Device;
import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.record.FailureReason;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.jukebox.labels.ModelLabeller;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.WeightsException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of recent tasks: their label tables, which any thread may read, and their VQ-VAEs, which belong to one
 * thread of its own. Any thread may hand it work, which is done in the order in which it came; no prior is ever loaded.
 * Beyond {@code most} models, the one that was not used for longest goes.
 */
final class LoadedModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);
    private static final int DESCRIBED = 16;

    private final ModelStore store;
    private final Device device;
    private final int most;
    private final Map<ModelRef, Described> described = new LinkedHashMap<>(DESCRIBED, 0.75f, true);
    private final ExecutorService owner;

    /** Owned by {@link #owner}. */
    private final Map<ModelRef, VqVae> loaded = new LinkedHashMap<>(4, 0.75f, true);

    /**
     * Models of a store.
     *
     * @param device where VQ-VAEs are kept
     * @param most how many of them
     */
    LoadedModels(ModelStore store, Device device, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("models is " + most + " but must be at least 1");
        }
        this.store = store;
        this.device = device;
        this.most = most;
        this.owner = Executors.newSingleThreadExecutor(task -> new Thread(task, "assembly-vqvae"));
    }

    /**
     * A model without its tensors.
     *
     * @param folder where it lies, verified
     * @param labeller what its levels hear of words
     */
    record Described(ModelFolder folder, ModelLabeller labeller) {}

    /**
     * Fetches a model if it is not there, and reads its card and its label tables.
     *
     * @throws TaskFailedException if it cannot be had
     */
    Described describe(ModelRef model) throws TaskFailedException, IOException {
        synchronized (described) {
            Described known = described.get(model);
            if (known != null) {
                return known;
            }
        }
        Described read = read(model);
        synchronized (described) {
            described.put(model, read);
            if (described.size() > DESCRIBED) {
                described.remove(described.keySet().iterator().next());
            }
        }
        return read;
    }

    private Described read(ModelRef model) throws TaskFailedException, IOException {
        try {
            ModelFolder folder = ModelFolder.open(store.resolve(model.name(), model.digest()));
            return new Described(folder, folder.labeller());
        } catch (WeightsException.Interrupted | WeightsException.NotWritable e) {
            throw unavailable(model, true, e);
        } catch (WeightsException | InvalidModelException e) {
            throw unavailable(model, false, e);
        }
    }

    private static TaskFailedException unavailable(ModelRef model, boolean retryable, Exception cause) {
        return new TaskFailedException(
                FailureReason.MODEL_UNAVAILABLE,
                retryable,
                "the model " + model.name() + " cannot be used: " + cause.getMessage(),
                cause);
    }

    /** What the thread that owns VQ-VAEs is asked to do with one; it ends early if that thread is interrupted. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T with(VqVae vqVae) throws IOException;
    }

    /**
     * Does work with a VQ-VAE on the thread that owns it, and waits for it.
     *
     * @throws TaskFailedException if the model cannot be had
     */
    <T> T withVqVae(ModelRef model, Work<T> work) throws TaskFailedException, IOException, InterruptedException {
        ModelFolder folder = describe(model).folder();
        Future<T> done = owner.submit(() -> work.with(vqVae(model, folder)));
        try {
            return done.get();
        } catch (InterruptedException e) {
            done.cancel(true);
            throw e;
        } catch (CancellationException e) {
            throw new IllegalStateException("the worker is closed", e);
        } catch (ExecutionException e) {
            throw rethrow(model, e.getCause());
        }
    }

    private static RuntimeException rethrow(ModelRef model, Throwable cause) throws TaskFailedException, IOException {
        if (cause instanceof WeightsException e) {
            throw unavailable(model, false, e);
        }
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof OutOfMemoryError e) {
            throw e;
        }
        throw cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    private VqVae vqVae(ModelRef model, ModelFolder folder) throws IOException {
        VqVae known = loaded.get(model);
        if (known != null) {
            return known;
        }
        // Before the new one is loaded, so that no more than the limit are ever held.
        while (loaded.size() >= most) {
            ModelRef oldest = loaded.keySet().iterator().next();
            loaded.remove(oldest).close();
            LOG.info("event=vqvae_dropped model={} digest={}", oldest.name(), oldest.digest());
        }
        VqVae fresh = folder.vqVae(device);
        loaded.put(model, fresh);
        LOG.info("event=vqvae_loaded model={} digest={} device={}", model.name(), model.digest(), device);
        return fresh;
    }

    /** Lets go of all models when the work in hand is done. */
    @Override
    public void close() {
        owner.execute(() -> {
            loaded.values().forEach(VqVae::close);
            loaded.clear();
        });
        owner.shutdown();
        try {
            if (!owner.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("event=vqvae_still_busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

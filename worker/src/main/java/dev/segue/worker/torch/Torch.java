package dev.segue.worker.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The PyTorch engine, set up once per process the way Segue needs it.
 *
 * <p>The JIT's optimiser is a setting of each thread and must be off on every one that runs a script: with it on, two
 * buffers made alike can be merged into one. {@link ScriptModule} sets it before each call.
 */
public final class Torch {
    private Torch() {}

    static {
        // Without these the engine asks the network for its natives and for the cloud it runs in.
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** A manager on {@code device}: closing it frees what is attached to it. */
    public static PtNDManager manager(Device device) {
        return (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
    }

    /** How many threads one operation may use; more than there are free cores makes everything several times slower. */
    public static void setThreads(int threads) {
        Engine.getEngine("PyTorch");
        JniUtils.setNumThreads(threads);
    }

    /** How many threads one operation may use now. */
    public static int threads() {
        Engine.getEngine("PyTorch");
        return JniUtils.getNumThreads();
    }

    /** Whether something failed because the device or this machine has too little memory. */
    public static boolean isOutOfMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof OutOfMemoryError
                    || message.contains("out of memory")
                    || message.contains("allocate memory")
                    || message.contains("not enough memory")) {
                return true;
            }
        }
        return false;
    }
}

package dev.segue.worker.torch;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/**
 * Keeps glibc from scattering a model's weights over its heap.
 *
 * <p>Once a large block was freed, glibc serves later ones of its size from the heap instead of mapping them, and a
 * loader that makes a packed copy between two temporary ones leaves holes as large as the weights: 1b_lyrics in
 * bfloat16 took 2.3 times its bytes. While a model loads, and while a window's known codes pass through it, every block
 * of a megabyte or more is therefore mapped on its own and goes back to the system when it is freed.
 */
public final class LargeBlocks {
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int MEANWHILE = 1 << 20;
    /** The largest that glibc takes: steps reuse their temporary blocks, without a page fault for each page. */
    private static final int AFTERWARDS = 32 << 20;

    private LargeBlocks() {}

    /** Runs {@code work} with large blocks mapped on their own; on systems without glibc just runs it. */
    public static void mapped(Runnable work) {
        setThreshold(MEANWHILE);
        try {
            work.run();
        } finally {
            setThreshold(AFTERWARDS);
            call("malloc_trim", 0L);
        }
    }

    private static void setThreshold(int bytes) {
        call("mallopt", M_MMAP_THRESHOLD, bytes);
    }

    private static void call(String function, Object... arguments) {
        if (!Platform.isLinux()) {
            return;
        }
        try {
            Function.getFunction("c", function).invokeInt(arguments);
        } catch (UnsatisfiedLinkError e) {
            // Not glibc: nothing to set, and nothing of what the class comment tells.
            return;
        }
    }
}

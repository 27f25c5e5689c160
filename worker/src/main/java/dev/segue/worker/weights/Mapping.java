package dev.segue.worker.weights;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A read-only mapping of a span of a file that can be let go at once. The collector would unmap it too, but only after
 * the small buffer object on the heap dies, and until then its pages count as resident: a model that packs its weights
 * elsewhere would hold them twice.
 *
 * <p>The Java platform has no supported way to do this in release 17. {@code Unsafe.invokeCleaner} is the known one
 * there; from release 22 an {@code Arena} does it, so that {@code Unsafe} (deprecated for removal since 23) is not
 * touched. Both are reached by reflection, because the sources are compiled for release 17.
 *
 * <p>Owned by whoever made it. After {@link #close} the buffer must not be read again: release 22 and later throws
 * {@link IllegalStateException}, release 17 would crash, hence {@link #data} refuses. Native code that was handed the
 * buffer crashes in either, so close only what was copied.
 */
public final class Mapping implements AutoCloseable {
    private static final boolean ARENAS = Runtime.version().feature() >= 22;

    private final ByteBuffer data;
    private final Release release;
    private boolean closed;

    private Mapping(ByteBuffer data, Release release) {
        this.data = data;
        this.release = release;
    }

    /** Maps {@code bytes} bytes from {@code position}; at most 2 GiB less one byte. */
    static Mapping of(FileChannel channel, long position, long bytes) throws IOException {
        try {
            return ARENAS ? inArena(channel, position, bytes) : inBuffer(channel, position, bytes);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java release offers no way to unmap a file; use 17, 21 or 25", e);
        }
    }

    /** The mapped bytes, read-only, little-endian; valid until {@link #close}. */
    public ByteBuffer data() {
        if (closed) {
            throw new IllegalStateException("the mapping was closed");
        }
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Unmaps the bytes; does nothing the second time. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }

    private interface Release {
        void run();
    }

    private static Mapping inArena(FileChannel channel, long position, long bytes)
            throws IOException, ReflectiveOperationException {
        Class<?> arenaClass = Class.forName("java.lang.foreign.Arena");
        Class<?> segmentClass = Class.forName("java.lang.foreign.MemorySegment");
        AutoCloseable arena = (AutoCloseable) arenaClass.getMethod("ofShared").invoke(null);
        try {
            Object segment = FileChannel.class
                    .getMethod("map", FileChannel.MapMode.class, long.class, long.class, arenaClass)
                    .invoke(channel, FileChannel.MapMode.READ_ONLY, position, bytes, arena);
            ByteBuffer data =
                    (ByteBuffer) segmentClass.getMethod("asByteBuffer").invoke(segment);
            return new Mapping(data, () -> closeQuietly(arena));
        } catch (InvocationTargetException e) {
            closeQuietly(arena);
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void closeQuietly(AutoCloseable arena) {
        try {
            arena.close();
        } catch (Exception e) {
            throw new IllegalStateException("a mapping is still in use by another thread", e);
        }
    }

    private static Mapping inBuffer(FileChannel channel, long position, long bytes)
            throws IOException, ReflectiveOperationException {
        MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_ONLY, position, bytes);
        Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
        Field field = unsafeClass.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        MethodHandle invokeCleaner = MethodHandles.lookup()
                .findVirtual(unsafeClass, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                .bindTo(field.get(null));
        return new Mapping(buffer, () -> clean(invokeCleaner, buffer));
    }

    private static void clean(MethodHandle invokeCleaner, ByteBuffer buffer) {
        try {
            invokeCleaner.invoke(buffer);
        } catch (Throwable e) {
            throw new IllegalStateException("a mapping could not be released", e);
        }
    }
}

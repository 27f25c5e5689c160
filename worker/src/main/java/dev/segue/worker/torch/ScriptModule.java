package dev.segue.worker.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A loaded TorchScript module and the values it holds.
 *
 * <p>Owned by one thread: that which made it, or that which it was handed to. Two threads that call it at once would
 * write to the same buffers, and nothing notices. What the engine keeps per thread is set before each call, so that any
 * thread may become the owner. Several modules in several threads do not disturb each other.
 *
 * <p>Every argument value is closed after its call, since the engine leaks those that are not.
 */
public final class ScriptModule implements AutoCloseable {
    private final PtNDManager manager;
    private final PtSymbolBlock block;

    private ScriptModule(PtNDManager manager, PtSymbolBlock block) {
        this.manager = manager;
        this.block = block;
    }

    /**
     * Loads a class from scripts that lie beside {@code neighbour} as resources. Functions of any of them are called as
     * {@code __torch__.name}.
     *
     * @param scripts resource names without {@code .py}; the last one defines the class and has its name
     * @param device where its tensors will lie
     * @param attributes see {@link ScriptArchive#write}
     * @throws IllegalStateException if there is no such script, or if it does not compile with these attributes
     * @throws IllegalArgumentException if an attribute is of a type that no script can hold
     */
    public static ScriptModule load(
            Device device, Class<?> neighbour, List<String> scripts, Map<String, Object> attributes) {
        byte[] archive = archive(neighbour, scripts, attributes);
        PtNDManager manager = Torch.manager(device);
        JniUtils.setGraphExecutorOptimize(false);
        try (InputStream in = new ByteArrayInputStream(archive)) {
            return new ScriptModule(manager, JniUtils.loadModule(manager, in, true, false));
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw new IllegalStateException(
                    "script " + scripts.get(scripts.size() - 1) + ".py cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * The archive that {@link #load} loads, for a reader other than this process.
     *
     * @throws IllegalStateException if there is no such script
     * @throws IllegalArgumentException if an attribute is of a type that no script can hold
     */
    public static byte[] archive(Class<?> neighbour, List<String> scripts, Map<String, Object> attributes) {
        String text = scripts.stream().map(script -> text(neighbour, script)).collect(Collectors.joining("\n"));
        return ScriptArchive.write(scripts.get(scripts.size() - 1), text, attributes);
    }

    private static String text(Class<?> neighbour, String script) {
        try (InputStream in = neighbour.getResourceAsStream(script + ".py")) {
            if (in == null) {
                throw new IllegalStateException("no script " + script + ".py beside " + neighbour);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its values lie. */
    public Device device() {
        return manager.getDevice();
    }

    /** A manager for values whose life is shorter than the module's. */
    public NDManager newManager() {
        return manager.newSubManager();
    }

    /**
     * Calls a method for its effect alone.
     *
     * @param arguments tensors, an {@link NDList} of them, whole numbers, Double, Boolean, String, {@code long[]} or
     *     {@code double[]}; so too for the other calls
     * @throws IllegalArgumentException if an argument is of another type
     */
    public void run(String method, Object... arguments) {
        invoke(method, arguments).close();
    }

    /** Calls a method that returns one tensor, which {@code owner} then frees. */
    public NDArray tensor(NDManager owner, String method, Object... arguments) {
        try (IValue result = invoke(method, arguments)) {
            return result.toTensor((PtNDManager) owner);
        }
    }

    /** Calls a method that returns several tensors, a tuple or a list, which {@code owner} then frees. */
    public NDList tensors(NDManager owner, String method, Object... arguments) {
        try (IValue result = invoke(method, arguments)) {
            return result.toNDList((PtNDManager) owner);
        }
    }

    /** Calls a method that returns a whole number. */
    public long integer(String method, Object... arguments) {
        try (IValue result = invoke(method, arguments)) {
            return result.toLong();
        }
    }

    /**
     * Calls a method that differentiates, {@code torch.grad} in its text: other calls record nothing to differentiate.
     * It takes tensors alone, at least one, and returns a list or tuple of tensors, which {@code owner} then frees.
     */
    public NDList differentiate(NDManager owner, String method, NDArray... arguments) {
        JniUtils.setGraphExecutorOptimize(false);
        boolean before = JniUtils.isGradMode();
        try (NDArray name = manager.create(0f)) {
            name.setName("module_method:" + method); // how the engine is told to call another method than forward
            NDList inputs = new NDList(arguments);
            inputs.add(name);
            JniUtils.setGradMode(true);
            NDList results = IValueUtils.forward(block, inputs, true);
            results.attach(owner);
            return results;
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    private IValue invoke(String method, Object... arguments) {
        JniUtils.setGraphExecutorOptimize(false);
        List<IValue> values = new ArrayList<>(arguments.length);
        try {
            for (Object argument : arguments) {
                values.add(value(argument));
            }
            return IValueUtils.runMethod(block, method, values.toArray(IValue[]::new));
        } finally {
            values.forEach(IValue::close);
        }
    }

    private static IValue value(Object argument) {
        if (argument instanceof PtNDArray tensor) {
            return IValue.from(tensor);
        } else if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        } else if (argument instanceof Double number) {
            return IValue.from(number);
        } else if (argument instanceof Boolean flag) {
            return IValue.from(flag);
        } else if (argument instanceof String text) {
            return IValue.from(text);
        } else if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        } else if (argument instanceof double[] numbers) {
            return IValue.listFrom(numbers);
        } else if (argument instanceof NDList list) {
            return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
        }
        throw new IllegalArgumentException("a script takes no " + argument.getClass());
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}

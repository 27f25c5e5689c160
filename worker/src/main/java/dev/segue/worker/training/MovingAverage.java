package dev.segue.worker.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.segue.worker.torch.ScriptArchive;
import dev.segue.worker.torch.ScriptModule;
import java.util.List;
import java.util.Map;

/**
 * The exponential moving average of a model's parameters in float32, which is what is evaluated, sampled from and saved
 * (specification §11.2). Begins with the parameters as they are. Owned by one thread.
 */
public final class MovingAverage implements AutoCloseable {
    private final ScriptModule script;
    private final NDManager state;
    private final NDList averages;

    /** Begins with {@code parameters} as they are, and follows them. */
    public MovingAverage(Device device, NDList parameters) {
        script = ScriptModule.load(
                device,
                MovingAverage.class,
                List.of("MovingAverage"),
                Map.of("weights", ScriptArchive.EMPTY_TENSOR_LIST, "averages", ScriptArchive.EMPTY_TENSOR_LIST));
        state = script.newManager();
        averages = new NDList(parameters.size());
        try {
            for (NDArray parameter : parameters) {
                averages.add(state.zeros(parameter.getShape(), DataType.FLOAT32));
            }
            script.run("put", parameters, averages);
            update(0);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * The share of the average that stays per step when none is given: 1 − batch · processes / 8 / 1000.
     *
     * @param batch items per process and step
     */
    public static double decay(int batch, int processes) {
        return 1 - (double) batch * processes / 8 / 1000;
    }

    /** average ← decay · average + (1 − decay) · parameter; once every n steps, with the n-th power of the decay. */
    public void update(double decay) {
        script.run("update", decay);
    }

    /** Exchanges parameters and averages; a second call exchanges them back. */
    public void swap() {
        script.run("swap");
    }

    /** The averages, one per parameter, float32. */
    public NDList averages() {
        return new NDList(averages);
    }

    @Override
    public void close() {
        state.close();
        script.close();
    }
}

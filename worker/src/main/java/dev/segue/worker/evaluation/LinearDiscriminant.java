package dev.segue.worker.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealVector;

/**
 * Tells classes apart by their means under one common covariance (linear discriminant analysis), every class being as
 * likely as another. Values are standardised first; the covariance is drawn towards independence, so that there may be
 * more values than examples. Ours because libraries with it have licences that do not fit or weigh a hundred times as
 * much. Immutable.
 */
public final class LinearDiscriminant {
    private static final double LEAST_DEVIATION = 1e-9;

    private final double[] centre;
    private final double[] deviation;
    private final List<String> labels;
    private final double[][] weights;
    private final double[] offsets;

    private LinearDiscriminant(
            double[] centre, double[] deviation, List<String> labels, double[][] weights, double[] offsets) {
        this.centre = centre;
        this.deviation = deviation;
        this.labels = labels;
        this.weights = weights;
        this.offsets = offsets;
    }

    /** Something whose class is known. Immutable. */
    public static final class Example {
        private final double[] values;
        private final String label;

        /**
         * An example.
         *
         * @param values as many in every example
         */
        public Example(double[] values, String label) {
            this.values = values.clone();
            this.label = label;
        }

        /** Its class. */
        public String label() {
            return label;
        }
    }

    /**
     * Fits.
     *
     * @param examples of at least two classes
     * @param shrinkage how far the covariance is drawn towards independence, above 0 and at most 1
     */
    public static LinearDiscriminant fit(List<Example> examples, double shrinkage) {
        List<String> labels =
                List.copyOf(new TreeSet<>(examples.stream().map(Example::label).toList()));
        if (labels.size() < 2) {
            throw new IllegalArgumentException(
                    "examples have the classes " + labels + " but at least 2 can be told apart; give more");
        }
        if (!(shrinkage > 0 && shrinkage <= 1)) {
            throw new IllegalArgumentException(
                    "shrinkage is " + shrinkage + " but must be above 0 and at most 1; try 0.1");
        }
        int width = examples.get(0).values.length;
        double[] centre = new double[width];
        double[] deviation = new double[width];
        standardise(examples, centre, deviation);
        List<RealVector> standard = new ArrayList<>();
        for (Example example : examples) {
            standard.add(standard(example.values, centre, deviation));
        }
        RealVector[] means = means(examples, standard, labels);
        double[][] covariance = new double[width][width];
        for (int i = 0; i < examples.size(); i++) {
            double[] distance = standard.get(i)
                    .subtract(means[labels.indexOf(examples.get(i).label())])
                    .toArray();
            for (int row = 0; row < width; row++) {
                for (int column = 0; column < width; column++) {
                    covariance[row][column] += distance[row] * distance[column] * (1 - shrinkage) / examples.size();
                }
            }
        }
        for (int i = 0; i < width; i++) {
            covariance[i][i] += shrinkage;
        }
        DecompositionSolver solver = new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false)).getSolver();
        double[][] weights = new double[labels.size()][];
        double[] offsets = new double[labels.size()];
        for (int label = 0; label < weights.length; label++) {
            RealVector solved = solver.solve(means[label]);
            weights[label] = solved.toArray();
            offsets[label] = -0.5 * solved.dotProduct(means[label]);
        }
        return new LinearDiscriminant(centre, deviation, labels, weights, offsets);
    }

    private static void standardise(List<Example> examples, double[] centre, double[] deviation) {
        for (Example example : examples) {
            for (int i = 0; i < centre.length; i++) {
                centre[i] += example.values[i] / examples.size();
            }
        }
        for (Example example : examples) {
            for (int i = 0; i < centre.length; i++) {
                double distance = example.values[i] - centre[i];
                deviation[i] += distance * distance / examples.size();
            }
        }
        for (int i = 0; i < centre.length; i++) {
            deviation[i] = Math.max(LEAST_DEVIATION, Math.sqrt(deviation[i]));
        }
    }

    private static RealVector standard(double[] values, double[] centre, double[] deviation) {
        double[] standard = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            standard[i] = (values[i] - centre[i]) / deviation[i];
        }
        return new ArrayRealVector(standard, false);
    }

    private static RealVector[] means(List<Example> examples, List<RealVector> standard, List<String> labels) {
        RealVector[] means = new RealVector[labels.size()];
        for (int label = 0; label < means.length; label++) {
            RealVector sum = new ArrayRealVector(standard.get(0).getDimension());
            int count = 0;
            for (int i = 0; i < examples.size(); i++) {
                if (examples.get(i).label().equals(labels.get(label))) {
                    sum = sum.add(standard.get(i));
                    count++;
                }
            }
            means[label] = sum.mapDivide(count);
        }
        return means;
    }

    /** The classes, in alphabetical order. */
    public List<String> labels() {
        return labels;
    }

    /** The likeliest class. */
    public String classify(double[] values) {
        RealVector standard = standard(values, centre, deviation);
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < weights.length; label++) {
            double score = offsets[label] + standard.dotProduct(new ArrayRealVector(weights[label], false));
            if (score > most) {
                most = score;
                best = label;
            }
        }
        return labels.get(best);
    }

    /** Which part of the examples, at least one, is named rightly. */
    public Accuracy accuracy(List<Example> examples) {
        double count = examples.size();
        long right = examples.stream()
                .filter(example -> classify(example.values).equals(example.label()))
                .count();
        long most = labels.stream()
                .mapToLong(label -> examples.stream()
                        .filter(example -> example.label().equals(label))
                        .count())
                .max()
                .orElseThrow();
        return new Accuracy(right / count, most / count, examples.size());
    }
}

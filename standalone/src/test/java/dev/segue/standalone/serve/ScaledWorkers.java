package dev.segue.standalone.serve;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many workers KEDA would have by a metric that a JSON document says, by the formula of its documentation: none while
 * the metric is not above the activation value, else the metric over the target value, rounded up.
 *
 * @param valueLocation where the metric stands, as {@code levels.2.seconds}
 * @param target how much of it one worker is for
 */
record ScaledWorkers(String valueLocation, double target) {
    private static final double ACTIVATION = 0;

    int desired(JsonNode document) {
        JsonNode value = document.at("/" + valueLocation.replace('.', '/'));
        if (!value.isNumber()) {
            throw new IllegalArgumentException(valueLocation + " is " + value + " in " + document);
        }
        return value.doubleValue() > ACTIVATION ? (int) Math.ceil(value.doubleValue() / target) : 0;
    }
}

/** What training says of itself while it runs: losses, rates and measures by step, as lines of JSON. */
package dev.segue.worker.trainlog;

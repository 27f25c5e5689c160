/**
 * The one place that touches the tensor engine: scripts that this program writes are compiled, given weights and run;
 * the engine's traps are written down where they are stepped around.
 */
package dev.segue.worker.torch;

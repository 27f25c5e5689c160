/**
 * The generation role: window tasks in, codes out. Tasks wait for a slot of the engine of their model and level; one
 * thread a pool of levels samples them side by side.
 */
package dev.segue.worker.generation;

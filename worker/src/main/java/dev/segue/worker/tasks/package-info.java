/**
 * How a worker of any role comes by its work: lanes that take one task each from a share group, hold it while it is done,
 * publish what became of it and only then let it go.
 */
package dev.segue.worker.tasks;

/**
 * The role that checks songs before they are made, turns codes into sound, and puts finished songs together: tasks from
 * Kafka on one side, the VQ-VAE and the object store on the other.
 */
package dev.segue.worker.assembly;

/**
 * The servers that a cluster has elsewhere, on one machine and one folder: a Kafka broker and an S3 server in this JVM,
 * a schema registry as a child of it. For the command line and for tests; depends on nothing of Segue's.
 */
package dev.segue.embedded;

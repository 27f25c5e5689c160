/** Broker, registry, object store and all roles of Segue in one process. */
package dev.segue.standalone.serve;

/** What is measured of calls of an object store. */
package dev.segue.telemetry.store;

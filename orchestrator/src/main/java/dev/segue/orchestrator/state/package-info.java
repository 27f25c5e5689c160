/** What the orchestrator remembers: the keys and values of its stores, and songs as they are read from them. */
package dev.segue.orchestrator.state;

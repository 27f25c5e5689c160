/** Where what happens to a song may be told: addresses and networks. Pure; asks nobody for an address. */
package dev.segue.orchestrator.callback;

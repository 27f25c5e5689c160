/** HTTP of processes that serve nothing but what they measure and how they are. */
package dev.segue.telemetry.http;

/** How programs are configured: named settings from the environment, checked when they are read, listed for people. */
package dev.segue.contracts.settings;

/** Ending in order when the program is told to. */
package dev.segue.standalone.interruption;

/** Writing to people who watch. */
package dev.segue.standalone.terminal;

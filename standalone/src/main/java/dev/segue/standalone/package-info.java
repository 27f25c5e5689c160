/** The {@code segue} command line: the whole of Segue in one process. */
package dev.segue.standalone;

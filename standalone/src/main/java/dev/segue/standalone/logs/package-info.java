/** Where log lines go. */
package dev.segue.standalone.logs;

/** {@code segue train}: models of one's own songs. */
package dev.segue.standalone.train;

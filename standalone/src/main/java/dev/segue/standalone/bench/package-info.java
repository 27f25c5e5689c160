/** {@code segue bench}: what the README's figures are measured with, as JSON lines beside the machine's own limits. */
package dev.segue.standalone.bench;

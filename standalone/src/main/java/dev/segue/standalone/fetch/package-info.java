/** From the object store to files of this machine. */
package dev.segue.standalone.fetch;

/** From a command line or a file to a song request. */
package dev.segue.standalone.request;

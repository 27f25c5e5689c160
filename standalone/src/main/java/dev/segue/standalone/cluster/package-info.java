/** Where things are: settings by option, environment, file and default, and the installation that runs on this machine. */
package dev.segue.standalone.cluster;

/** {@code segue publish}: a model of this machine for the workers of an installation. */
package dev.segue.standalone.publish;

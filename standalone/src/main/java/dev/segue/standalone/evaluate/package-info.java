/** {@code segue evaluate}: what a model achieves, as a table and as JSON. */
package dev.segue.standalone.evaluate;

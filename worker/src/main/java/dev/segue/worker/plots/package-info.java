/**
 * Pictures as PNG files, drawn without a screen: how losses fell, and what sounds look like. XChart draws the curves; the
 * spectrograms are drawn here, since their pixels are the data.
 */
package dev.segue.worker.plots;

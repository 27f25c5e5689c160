/**
 * What a model achieves on the songs of a folder: how well it reconstructs and predicts them, and whether songs that it
 * makes follow their labels and lyrics. What judges sounds is elsewhere and knows no model.
 */
package dev.segue.worker.figures;

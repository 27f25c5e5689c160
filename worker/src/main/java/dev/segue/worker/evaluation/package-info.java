/**
 * What plain signal measures tell of a sound: tempo, spectrum, harmony, envelope, sung vowels; and classifiers that are
 * fitted on songs whose labels are known. Knows nothing of models, so that it can judge them.
 */
package dev.segue.worker.evaluation;

/**
 * What a model computes and where its files are: the shapes of its parts (specification §2 to §7) and the card beside
 * its weights that holds them.
 */
package dev.segue.contracts.model;

/** The page for people: rendered here so that it can be read without scripts, brought to life by the modules beside it. */
package dev.segue.orchestrator.status.page;

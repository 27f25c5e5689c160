/** From a request and a model card to windows: pure functions on records, which know no topic. */
package dev.segue.orchestrator.plan;

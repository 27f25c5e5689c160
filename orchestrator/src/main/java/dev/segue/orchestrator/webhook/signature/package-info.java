/** How a receiver knows that a message is ours: secrets and signatures as Standard Webhooks has them. */
package dev.segue.orchestrator.webhook.signature;

/** What Segue is deployed with: the chart, compose.yaml and the images, held against the schemas and the code. */
package dev.segue.helm;

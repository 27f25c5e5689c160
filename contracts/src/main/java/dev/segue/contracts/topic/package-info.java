/** Which topics there are, what lies in them and how they are configured. */
package dev.segue.contracts.topic;

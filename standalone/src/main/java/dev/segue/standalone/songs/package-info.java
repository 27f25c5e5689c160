/** What songs are made of, in the object store: prompts go there, and what was made is fetched. */
package dev.segue.standalone.songs;

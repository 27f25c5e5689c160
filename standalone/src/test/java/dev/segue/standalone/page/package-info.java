/** The page in a real browser, on a whole installation in this process. */
package dev.segue.standalone.page;

/** What happens to songs, for people and for programs: bars, lines, JSON, tables, time charts. */
package dev.segue.standalone.watch;

/// PostgreSQL and Elasticsearch as child processes of this JVM, for a laptop and for tests.
///
/// Each server owns one data folder, keeps its data between runs and belongs to the process tree of the JVM that
/// started it. Only [dev.parley.embedded.EmbeddedPostgres] and [dev.parley.embedded.EmbeddedElasticsearch] start
/// anything.
@NullMarked
package dev.parley.embedded;

import org.jspecify.annotations.NullMarked;

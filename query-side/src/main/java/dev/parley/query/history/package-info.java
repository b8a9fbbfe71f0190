/// Messages in Elasticsearch, and the endpoint that pages through one conversation.
@NullMarked
package dev.parley.query.history;

import org.jspecify.annotations.NullMarked;

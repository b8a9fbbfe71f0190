/// What every read endpoint's parameters and pages have in common.
@NullMarked
package dev.parley.query.paging;

import org.jspecify.annotations.NullMarked;

package dev.parley.query.archive;

import org.springframework.data.domain.AbstractPageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/// So many after so many, which need not be a multiple.
final class Window extends AbstractPageRequest {

    private static final long serialVersionUID = 1L;

    private final int skipped;

    Window(int skipped, int size) {
        super(0, size);
        this.skipped = skipped;
    }

    @Override
    public long getOffset() {
        return skipped;
    }

    @Override
    public Sort getSort() {
        return Sort.unsorted();
    }

    @Override
    public Pageable next() {
        return new Window(skipped + getPageSize(), getPageSize());
    }

    @Override
    public Pageable previous() {
        return first();
    }

    @Override
    public Pageable first() {
        return new Window(0, getPageSize());
    }

    @Override
    public Pageable withPage(int page) {
        return new Window(page * getPageSize(), getPageSize());
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof Window window && window.skipped == skipped;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + skipped;
    }
}

package dev.parley.query.rebuild;

/// A generation that has an index in Elasticsearch, which takes the alias of the one that is read.
public abstract class IndexGeneration implements Generation {

    private final GenerationIndex index;

    protected IndexGeneration(GenerationIndex index) {
        this.index = index;
    }

    protected final GenerationIndex index() {
        return index;
    }

    @Override
    public final void settle() {
        index.refresh();
    }

    @Override
    public final void publish() {
        index.takeAlias();
    }

    @Override
    public final boolean isPublished() {
        return index.hasAlias();
    }

    @Override
    public final void retire() {
        index.deleteOthers();
    }

    @Override
    public final void discard() {
        index.deleteOthers();
    }
}

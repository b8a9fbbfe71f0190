package dev.parley.messages.archive;

/// What somebody wants of the messages that a search of the archive finds.
public enum ArchiveUse {
    /// A page of them.
    SEARCH,
    /// Whose they are, where they were said, in which scripts, with what attached.
    FACETS,
    /// How many there are in each interval of time.
    HISTOGRAM,
    /// Their words.
    TERMS,
    /// How busy conversations are.
    CONVERSATIONS,
    /// How busy people are.
    PEOPLE,
    /// All of them, as a file.
    EXPORT
}

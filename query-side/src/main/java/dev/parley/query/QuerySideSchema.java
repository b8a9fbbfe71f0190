package dev.parley.query;

/// Stands for the migrated PostgreSQL schema `query_side`: a bean that reads its tables depends on this one.
public final class QuerySideSchema {

    static final String NAME = "query_side";

    QuerySideSchema() {}
}

package dev.parley.app;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What concerns the process as a whole.
///
/// @param data folder of everything that is kept between runs
/// @param demo whether three demo accounts and a conversation are made
/// @param elasticsearchHeap heap of the embedded Elasticsearch
/// @param maxRequestBody of any request but an import's batch
/// @param maxImportBody of an import's batch
@ConfigurationProperties("parley")
public record ParleyProperties(
        @DefaultValue("data") Path data,
        @DefaultValue("false") boolean demo,
        @DefaultValue("512MB") DataSize elasticsearchHeap,
        @DefaultValue("64KB") DataSize maxRequestBody,
        @DefaultValue("8MB") DataSize maxImportBody) {}

-- Which messages were deleted: their place in their conversation, and the position of the fact that says so first.
create table delivery.deleted (
    conversation uuid   not null,
    message      bigint not null,
    position     bigint not null,
    primary key (conversation, message)
);

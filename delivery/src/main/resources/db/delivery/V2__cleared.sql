-- Where the application was cleared: what the tables say of before is gone, and does not come back.
create table delivery.cleared (
    position bigint primary key
);

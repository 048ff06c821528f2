-- Adds what a person decided.
-- One row.
insert into events (
    event_id,
    at,
    actor,
    subject_kind,
    subject_id,
    action,
    reason,
    payload,
    seen_build_id
)
values (
    :event_id,
    :at,
    :actor,
    :subject_kind,
    :subject_id,
    :action,
    :reason,
    :payload,
    :seen_build_id
)

-- The replies on record to members of clusters, as their sources wrote them.
-- One row per reply.
with members as (
    select distinct complaint_id
    from enriched.cluster_members
    where is_member
),

replies as (
    select
        complaints.complaint_id,
        unnest(json_extract(try_cast(complaints.replies as json), '$[*]')) as reply
    from staged.complaints
    join members using (complaint_id)
    where staged.is_reply_list(complaints.replies)
)

select
    complaint_id,
    json_extract_string(reply, '$.by') as "by",
    staged.replied_on(reply) as replied_on,
    json_extract_string(reply, '$.text') as text
from replies
order by
    complaint_id,
    replied_on nulls last,
    text

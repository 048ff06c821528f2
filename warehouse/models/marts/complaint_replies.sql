-- Replies on record to members of candidates, redacted.
-- One row per complaint and reply.
select
    complaint_id,
    place,
    "by",
    replied_on,
    redacted_text,
    stance
from enriched.member_replies
order by
    complaint_id,
    place

-- One value for all that was loaded: the content and times of every version, and the receipts.
-- One row; independent of the order of rows and of load ids.
with versions as (
    select
        count(*) as rows,
        bit_xor(
            md5_number(
                concat_ws(chr(31), complaint_id, version_no, content_hash, known_at)
            )
        ) as digest
    from staged.complaint_versions
),

latest as (
    select
        count(*) as rows,
        bit_xor(md5_number(concat_ws(chr(31), complaint_id, input_hash))) as digest
    from staged.complaints
),

receipts as (
    select
        count(*) as rows,
        bit_xor(
            md5_number(
                concat_ws(chr(31), source, loaded_at, is_backfill, read_count, kept_count)
            )
        ) as digest
    from meta.loads
),

covers as (
    select
        count(*) as rows,
        bit_xor(
            md5_number(
                concat_ws(chr(31), source, respondent, covered_from, covered_to)
            )
        ) as digest
    from meta.coverage
)

select
    versions.rows as version_rows,
    versions.digest as version_digest,
    latest.rows as latest_rows,
    latest.digest as latest_digest,
    receipts.rows as receipt_rows,
    receipts.digest as receipt_digest,
    covers.rows as cover_rows,
    covers.digest as cover_digest
from versions, latest, receipts, covers

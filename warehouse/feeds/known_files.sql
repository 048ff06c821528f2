-- Which of these files were loaded from the source before, by the hash of their bytes.
-- One row per hash.
select distinct load_files.sha256
from meta.load_files
join meta.loads using (load_id)
where
    loads.source = $source
    and list_contains($hashes, load_files.sha256)

-- The build of one input.
-- One row, or none when that input was never minted.
select build_no
from builds
where input_fingerprint = $input_fingerprint

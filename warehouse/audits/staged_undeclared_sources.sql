-- Complaints of a source that no declaration names; it could be published by mistake. severity: error
select distinct complaints.source
from staged.complaints
anti join codes.sources using (source)

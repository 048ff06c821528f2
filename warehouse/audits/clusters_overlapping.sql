-- Complaints that are members of two clusters of one axis and code. severity: error
select
    cluster_members.complaint_id,
    clusters.issue_axis,
    clusters.issue_code,
    count(*) as clusters
from enriched.cluster_members
join enriched.clusters using (cluster_id)
where cluster_members.is_member
group by
    cluster_members.complaint_id,
    clusters.issue_axis,
    clusters.issue_code
having count(*) > 1

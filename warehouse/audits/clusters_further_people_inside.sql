-- Further people of clusters that are told of by no member, or are members themselves. severity: error
select
    further_people.cluster_id,
    further_people.complaint_id,
    further_people.how
from enriched.further_people
left join enriched.cluster_members
    on further_people.cluster_id = cluster_members.cluster_id
    and further_people.complaint_id = cluster_members.complaint_id
    and cluster_members.is_member
where (further_people.how = 'told') <> (cluster_members.complaint_id is not null)

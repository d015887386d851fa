-- Of every span of time that is old enough one sample stays: the one with the largest lag, which a chart must not lose.
delete from replication_sample as sample
 using (select project,
               taken_at,
               row_number() over (
                   partition by project, floor(extract(epoch from taken_at) / :span_seconds)
                   order by lag_bytes desc nulls last, taken_at) as place
          from replication_sample
         where taken_at < :older_than
           and taken_at >= :newer_than) as ranked
 where ranked.place > 1
   and sample.project = ranked.project
   and sample.taken_at = ranked.taken_at

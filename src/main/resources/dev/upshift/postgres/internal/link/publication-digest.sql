-- A sum over what decides which changes the publication sends: its row with its writer, its entries, each of which has
-- another oid when it was taken out and put back, and which partitions are whose, with the writers of those rows. Asked
-- while clients are held: nothing is joined or sorted, and of pg_class nothing is read.
select concat_ws(
           '/',
           concat_ws('+', p.oid, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot, p.xmin),
           (select count(*) || '+' || sum(hashint8extended((r.oid::bigint << 32) # r.prrelid::bigint, 0))
              from pg_catalog.pg_publication_rel as r
             where r.prpubid = p.oid),
           (select count(*) || '+' || sum(hashint8extended(
                       (i.inhparent::bigint << 32) # i.inhrelid::bigint, i.inhseqno # hashtext(i.xmin::text)))
              from pg_catalog.pg_inherits as i)) as digest
  from pg_catalog.pg_publication as p
 where p.pubname = :publication

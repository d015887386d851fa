-- What must never be found on a serving side, whatever the writers remember: values of a sequence that were drawn twice,
-- and transactions that are there by half.
with drawn (kind, value) as (
    select 'ticket', ticket from shop.ledger
    union all
    select 'ticket', "Order Number" from shop."Orders"
    union all
    select 'countdown', countdown from shop.ledger
    union all
    select 'badge', badge from shop.ledger where badge is not null
    union all
    select 'event', "Event Id" from shop."Events"
)
select 'values drawn twice' as kind, kind || ' ' || value || ' is there ' || count(*) || ' times' as detail
from drawn
group by drawn.kind, value
having count(*) > 1

union all
select 'torn transactions', 'entry ' || l."Number" || ' of writer ' || l."Writer" || ' without its order'
from shop.ledger l
left join shop."Orders" o using ("Order Id")
where l."Order Id" is not null and o."Order Id" is null

union all
select 'torn transactions', 'order ' || o."Order Id" || ' without its line'
from shop."Orders" o
left join shop."Order Lines" i using ("Order Id")
where i."Order Id" is null

union all
select 'torn transactions', 'order ' || o."Order Id" || ' without its entry in the ledger'
from shop."Orders" o
left join shop.ledger l using ("Order Id")
where l."Entry Id" is null

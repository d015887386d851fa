create table stop_order (
    only_one boolean primary key default true check (only_one),
    ordered_by text not null,
    reason text not null,
    ordered_at timestamptz not null
);
comment on table stop_order is
    'As long as it has its row no run starts or passes its pivot, at any control plane; runs before their pivot are aborted.';

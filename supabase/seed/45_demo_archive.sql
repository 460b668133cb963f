-- The demo street's archives: four quarters of every courtyard, the round that is under way, its resources and hazards.
-- All of it is invented and believable together: homes follow from the yard's ground and floors, people from its homes, labels from
-- both. Chance comes from md5 of the yard's code, so the street is the same each time.

-- a number from 0 to under 1, the n-th of a seed
create function pg_temp.chance(seed text, n integer) returns numeric
language sql immutable as $$ select ('x' || substr(seed, 1 + 4 * (n % 8), 4))::bit(16)::integer / 65536.0 $$;

create temporary table demo_yard as
select c.id, c.code, c.kind, c.point, c.geom, c.community_id, c.grid_id, k.code as community, k.name as community_name, c.name, s.a, s.b, s.c, s.d,
  worker.person_id as worker, staff.person_id as staff, f.floors,
  case c.kind when 'heritage' then 1890 + (pg_temp.chance(s.a, 1) * 58)::integer when 'danwei' then 1972 + (pg_temp.chance(s.a, 1) * 24)::integer
    when 'quarter' then 1993 + (pg_temp.chance(s.a, 1) * 20)::integer else 1976 + (pg_temp.chance(s.a, 1) * 26)::integer end as built,
  greatest(3, round(least(coalesce(c.area_m2, 1500), 16000) * f.floors * (0.24 + pg_temp.chance(s.a, 2) * 0.14) / 82))::integer as homes
from public.courtyards c
join public.areas k on k.id = c.community_id,
  lateral (select md5(c.code) as a, md5(c.code || 'b') as b, md5(c.code || 'c') as c, md5(c.code || 'd') as d) s,
  lateral (select case c.kind when 'heritage' then 1 + (pg_temp.chance(s.a, 0) * 1.6)::integer when 'danwei' then 5 + (pg_temp.chance(s.a, 0) * 2)::integer
    when 'quarter' then case when pg_temp.chance(s.a, 0) > 0.7 then 11 + (pg_temp.chance(s.a, 3) * 16)::integer else 6 + (pg_temp.chance(s.a, 3) * 2)::integer end
    else 3 + (pg_temp.chance(s.a, 0) * 4)::integer end as floors) f
left join lateral (select m.person_id from public.memberships m where m.area_id = c.grid_id and m.role = 'grid_worker' order by m.id limit 1) worker on true
left join lateral (select m.person_id from public.memberships m where m.area_id = c.community_id and m.role = 'community_staff' order by m.id limit 1) staff on true;

-- which quarters there are: 0 the one under way, 3 the oldest
create temporary table demo_quarter as
select back, private.quarter_before(private.quarter_of(now()), back) as quarter,
  greatest(private.quarter_start(private.quarter_before(private.quarter_of(now()), back)) + 8, date '2000-01-01') as opens
from generate_series(0, 3) back;

-- The round under way is shown as far as a quarter's second month has brought it, whatever the day; before it opens there is none.
create temporary table demo_state as
select y.id, case
    when pg_temp.chance(y.d, 0) < 0.05 then 'stale'
    when q.opens > (now() at time zone 'Asia/Shanghai')::date then 'due'
    when pg_temp.chance(y.d, 1) < case y.community when '510105005004' then 0.38 when '510105005002' then 0.74 else 0.56 end then 'confirmed'
    when pg_temp.chance(y.d, 2) < 0.26 then 'submitted'
    when pg_temp.chance(y.d, 2) < 0.5 then 'drafted'
    else 'due' end as state
from demo_yard y, demo_quarter q where q.back = 0;

insert into public.rounds (street_id, quarter, opened_at, due_on, reminded)
select a.id, q.quarter, (q.opens + time '09:00') at time zone 'Asia/Shanghai', (private.quarter_start(q.quarter) + interval '2 months' - interval '1 day')::date,
  jsonb_build_object('opened', q.opens)
from public.areas a, demo_quarter q where a.code = '510105005' and q.opens <= (now() at time zone 'Asia/Shanghai')::date;

-- The numbers of one yard in one quarter. Old people become a few more, tenants come and go, and more homes are visited each time.
create temporary table demo_facts as
select y.id, q.back, jsonb_strip_nulls(jsonb_build_object(
    'households', y.homes, 'registered', n.registered, 'floating', n.floating, 'rented', least((n.floating / 2.1)::integer, y.homes - n.empty_homes),
    'empty_homes', n.empty_homes, 'elderly_60', n.elderly, 'elderly_80', (n.elderly * (0.12 + pg_temp.chance(y.b, 1) * 0.12))::integer,
    'living_alone', (n.elderly * (0.05 + pg_temp.chance(y.b, 2) * 0.1))::integer,
    'children_0_3', (n.people * (0.008 + pg_temp.chance(y.b, 3) * 0.02))::integer, 'children_3_6', (n.people * (0.01 + pg_temp.chance(y.b, 4) * 0.02))::integer,
    'children_6_14', (n.people * (0.03 + pg_temp.chance(y.b, 5) * 0.05))::integer, 'low_income', (y.homes * pg_temp.chance(y.b, 6) * 0.05)::integer,
    'disabled', (n.people * (0.006 + pg_temp.chance(y.b, 7) * 0.02))::integer,
    'care_people', (n.elderly * (0.06 + pg_temp.chance(y.c, 0) * 0.12))::integer, 'party_members', (n.registered * (0.05 + pg_temp.chance(y.c, 1) * 0.09))::integer,
    'party_branches', case when y.homes > 150 then 2 when y.homes > 30 then 1 else 0 end, 'backbones', 1 + (y.homes * 0.02 * (1 + pg_temp.chance(y.c, 2)))::integer,
    'volunteers', (n.people * (0.01 + pg_temp.chance(y.c, 3) * 0.03))::integer,
    'visited', least(y.homes, (y.homes * (0.42 + 0.12 * (3 - q.back) + pg_temp.chance(y.c, 4) * 0.34 - pg_temp.chance(y.c, 5) * 0.22))::integer),
    'buildings', b.buildings, 'building_units', greatest(b.buildings, (y.homes / greatest(y.floors * 2.4, 2))::integer), 'floors', y.floors, 'built_year', y.built,
    'lifts', case when y.floors > 9 then b.buildings * 2 when y.floors > 6 and pg_temp.chance(y.c, 6) > 0.6 then b.buildings else 0 end,
    'piped_gas', pg_temp.chance(y.c, 7) < case y.kind when 'heritage' then 0.55 else 0.95 end, 'barrier_free', pg_temp.chance(y.a, 4) < 0.3 + 0.05 * (3 - q.back)
  )) || jsonb_strip_nulls(jsonb_build_object(
    'parking', case y.kind when 'quarter' then (y.homes * (0.2 + pg_temp.chance(y.a, 5) * 0.5))::integer when 'heritage' then 0 else (y.homes * pg_temp.chance(y.a, 5) * 0.35)::integer end,
    'charging_sheds', p.sheds, 'charging_points', p.sheds * (8 + (pg_temp.chance(y.a, 6) * 12)::integer), 'hydrants', p.hydrants,
    'extinguishers', b.buildings * y.floors * 2, 'cameras', 1 + (y.homes / 25)::integer, 'activity_rooms', p.rooms, 'canteens', p.canteens, 'idle_rooms', p.idle,
    'property_kind', p.property, 'property_name', case p.property when 'company' then (array['锦院物业', '蓉安物业', '少城家园物业', '西蜀物业', '宽和物业'])[1 + (pg_temp.chance(y.d, 4) * 4)::integer]
      when 'danwei' then '单位后勤科' when 'street' then '街道便民物业服务站' end,
    'property_phone', case when p.property in ('company', 'danwei', 'street') then '1390001' || lpad((pg_temp.chance(y.d, 5) * 9999)::integer::text, 4, '0') end,
    'property_fee', case p.property when 'company' then round(0.6 + pg_temp.chance(y.d, 6) * 1.6, 1) when 'street' then 0.3 end,
    'committee', p.committee, 'committee_name', case p.committee when 'elected' then n.surname || (array['老师', '师傅', '大姐', '主任'])[1 + (pg_temp.chance(y.d, 7) * 3)::integer] end,
    'committee_phone', case p.committee when 'elected' then '1390002' || lpad((pg_temp.chance(y.d, 6) * 9999)::integer::text, 4, '0') end,
    'council', pg_temp.chance(y.b, 0) < 0.35 + 0.04 * (3 - q.back), 'stair_heads', greatest(1, (y.homes / 40)::integer), 'social_organisations', (pg_temp.chance(y.b, 1) * 2.4)::integer,
    'police_name', (array['张警官', '李警官', '王警官', '陈警官', '吴警官', '邓警官'])[o.n], 'police_phone', '139000300' || lpad(o.n::text, 2, '0'),
    'doctor_name', (array['杨医生', '曾医生', '何医生', '林医生', '罗医生', '唐医生'])[o.n], 'doctor_phone', '139000400' || lpad(o.n::text, 2, '0')
  )) || jsonb_strip_nulls(jsonb_build_object(
    'meals', p.canteens > 0 or pg_temp.chance(y.b, 2) < 0.3, 'meals_when', case when p.canteens > 0 then '每天11:00—12:30' end, 'meals_by', case when p.canteens > 0 then y.community_name || '助餐服务队' end,
    'home_care', pg_temp.chance(y.b, 3) < 0.4, 'clinic', case when pg_temp.chance(y.b, 4) < 0.25 then 'weekly' when pg_temp.chance(y.b, 4) < 0.7 then 'monthly' else 'none' end,
    'after_school', pg_temp.chance(y.b, 5) < 0.18, 'legal_day', (array['每月第一个周三', '每月第二个周五', '每季一次'])[1 + (pg_temp.chance(y.b, 6) * 2)::integer],
    'first_call', case p.property when 'company' then 'property' when 'self' then 'committee' when 'danwei' then 'property' else 'grid' end,
    'first_water', case when p.property in ('company', 'danwei') then '物业水电工' else '社区应急水电工' end, 'first_power', '供电抢修站95598',
    'first_lift', case when y.floors > 6 then '电梯维保24小时电话' end, 'first_fire', y.community_name || '微型消防站', 'assembly_point', '院门外空地',
    'arrival_minutes', 10 + (pg_temp.chance(y.b, 7) * 20)::integer)) as facts
from demo_yard y cross join demo_quarter q,
  lateral (select substr('王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗', 1 + (pg_temp.chance(y.c, 0) * 19)::integer, 1) as surname,
    (y.homes * pg_temp.chance(y.d, 3) * 0.08)::integer as empty_homes, r.registered, r.floating, r.registered + r.floating as people,
    ((r.registered + r.floating) * (0.13 + pg_temp.chance(y.a, 7) * case y.kind when 'quarter' then 0.16 else 0.26 end)
      + (3 - q.back) * y.homes * 0.004)::integer as elderly
    from (select (y.homes * (1.5 + pg_temp.chance(y.b, 0) * 0.7))::integer as registered,
      greatest(0, (y.homes * (0.15 + pg_temp.chance(y.d, 7) * case y.kind when 'heritage' then 0.9 else 1.3 end) * (1 + 0.03 * sin(q.back + y.id)))::integer) as floating) r) n,
  lateral (select greatest(1, (y.homes / greatest(y.floors * 6, 6))::integer) as buildings) b,
  lateral (select case when pg_temp.chance(y.a, 6) < case when y.homes > 60 then 0.72 else 0.22 end then 1 + (y.homes / 200)::integer else 0 end as sheds,
    case when y.kind = 'quarter' then 2 + (y.homes / 150)::integer when pg_temp.chance(y.d, 5) < 0.24 then 1 else 0 end as hydrants,
    case when pg_temp.chance(y.d, 4) < case y.kind when 'quarter' then 0.6 else 0.08 end then 1 else 0 end as rooms,
    case when pg_temp.chance(y.c, 2) < 0.03 then 1 else 0 end as canteens, case when pg_temp.chance(y.c, 3) < 0.07 then 1 + (pg_temp.chance(y.c, 4) * 2)::integer else 0 end as idle,
    case y.kind when 'quarter' then 'company' when 'danwei' then (array['danwei', 'danwei', 'self', 'none'])[1 + (pg_temp.chance(y.a, 3) * 3)::integer]
      when 'heritage' then 'street' else (array['none', 'street', 'self', 'none', 'company'])[1 + (pg_temp.chance(y.a, 3) * 4)::integer] end as property,
    case when pg_temp.chance(y.c, 5) < case y.kind when 'quarter' then 0.7 when 'heritage' then 0.05 else 0.3 end then 'elected' when pg_temp.chance(y.c, 5) > 0.88 then 'forming' else 'none' end as committee) p,
  lateral (select right(y.community, 1)::integer - case when right(y.community, 1)::integer > 5 then 2 else 1 end as n) o;
update demo_facts set facts = private.with_derived(facts);

-- Each quarter's visit, by the yard's grid worker. One yard in twenty missed the last round.
create temporary table demo_visit as
select nextval(pg_get_serial_sequence('private.verifications', 'id')) as id, y.id as courtyard_id, q.back, q.quarter, y.worker, y.staff, s.state,
  least((q.opens + ((least(q.opens + 40, (now() at time zone 'Asia/Shanghai')::date) - q.opens) * pg_temp.chance(y.d, q.back))::integer + time '09:30'
    + make_interval(mins => (pg_temp.chance(y.d, 4 + q.back) * 440)::integer)) at time zone 'Asia/Shanghai', now() - interval '10 minutes') as at
from demo_yard y join demo_state s on s.id = y.id cross join demo_quarter q
where q.back > 1 or q.back = 1 and s.state <> 'stale' or q.back = 0 and s.state in ('confirmed', 'submitted', 'drafted');
insert into private.verifications (id, courtyard_id, at, person_id)
select v.id, v.courtyard_id, v.at, v.worker from demo_visit v where v.back > 0 or v.state = 'confirmed';

-- what a field's interval lets be verified in which quarter: every third month each time, every sixth every other, the rest once
create temporary table demo_stamps as
select v.courtyard_id, v.back, jsonb_object_agg(f.code, w.id) as stamps
from demo_visit v
cross join public.archive_fields f
join demo_visit w on w.courtyard_id = v.courtyard_id
  and w.back = case when f.every_months = 3 then v.back when f.every_months = 6 then v.back + v.back % 2 else 3 end
where f.formula is null and (v.back > 0 or v.state = 'confirmed')
group by v.courtyard_id, v.back;
update demo_stamps s set stamps = s.stamps - array(select f.code from public.archive_fields f where not x.facts ? f.code)
from demo_facts x where x.id = s.courtyard_id and x.back = s.back and exists (select from public.archive_fields f where f.active and not x.facts ? f.code);

insert into private.profiles (courtyard_id, quarter, state, facts, stamps, dictionary, submitted_at, submitted_by, confirmed_at, confirmed_by)
select v.courtyard_id, v.quarter, 'confirmed', f.facts, s.stamps, (select max(id) from private.field_versions), v.at + interval '5 hours', v.staff,
  least(v.at + interval '1 day', now() - interval '5 minutes'), (select m.person_id from public.memberships m where m.role = 'street_staff' order by m.id limit 1)
from demo_visit v join demo_facts f on f.id = v.courtyard_id and f.back = v.back join demo_stamps s on s.courtyard_id = v.courtyard_id and s.back = v.back;

insert into private.archives (courtyard_id, facts, stamps, quarter, verified_at)
select distinct on (v.courtyard_id) v.courtyard_id, f.facts, s.stamps, v.quarter, v.at
from demo_visit v join demo_facts f on f.id = v.courtyard_id and f.back = v.back join demo_stamps s on s.courtyard_id = v.courtyard_id and s.back = v.back
order by v.courtyard_id, v.back;

-- the round under way: some have answered everything that is due, some half of it
insert into private.profiles (courtyard_id, quarter, state, submitted_at, submitted_by, remark)
select v.courtyard_id, v.quarter, v.state, case v.state when 'submitted' then v.at + interval '5 minutes' end, case v.state when 'submitted' then v.staff end,
  case when v.state = 'drafted' and v.courtyard_id % 9 = 0 then '走访户数比上季少了一半，请核实' end
from demo_visit v where v.back = 0 and v.state <> 'confirmed';
insert into private.drafts (courtyard_id, quarter, code, value, at, person_id)
select v.courtyard_id, v.quarter, f.code, coalesce(x.facts -> f.code, 'null'), v.at, v.worker
from demo_visit v join demo_facts x on x.id = v.courtyard_id and x.back = 0 join private.archives a on a.courtyard_id = v.courtyard_id
join public.archive_fields f on f.active and f.formula is null
left join private.verifications p on p.id = (a.stamps ->> f.code)::bigint
where (p.at is null or p.at < private.verified_from(v.quarter, f.every_months)) and v.back = 0 and v.state in ('submitted', 'drafted') and v.worker is not null
  and (v.state = 'submitted' or f.module = 'population' and f.sort <= 120 or f.module = 'resources' and v.courtyard_id % 2 = 0);

-- a place in the yard, a little off where its name stands
create function pg_temp.beside(yard demo_yard, n integer) returns extensions.geometry
language sql immutable as $$
  select case when extensions.st_intersects(yard.geom, p.point) then p.point else yard.point end from (select extensions.st_setsrid(extensions.st_point(
    round((extensions.st_x(yard.point) + (pg_temp.chance(md5(yard.code || n), 0) - 0.5) * 0.0005)::numeric, 6)::double precision,
    round((extensions.st_y(yard.point) + (pg_temp.chance(md5(yard.code || n), 1) - 0.5) * 0.0005)::numeric, 6)::double precision), 4326) as point) p
$$;

insert into public.resources (courtyard_id, community_id, kind, name, note, state, point, created_at, updated_at)
select y.id, y.community_id, k.kind, k.name, k.note, k.state, pg_temp.beside(y, k.n), now() - make_interval(days => 30 + (pg_temp.chance(y.c, k.n % 8) * 600)::integer), now() - interval '20 days'
from demo_yard y join private.archives a on a.courtyard_id = y.id,
  lateral (values
    (1, 'hydrant', '消火栓', null, 'in_use', (a.facts ->> 'hydrants')::integer > 0 and pg_temp.chance(y.b, 0) < 0.62),
    (2, 'charging', '电动车充电棚', null, case when pg_temp.chance(y.b, 4) > 0.93 then 'broken' else 'in_use' end, (a.facts ->> 'charging_sheds')::integer > 0 and pg_temp.chance(y.b, 1) < 0.42),
    (3, 'activity_room', '院落活动室', '周一至周五开放', 'in_use', (a.facts ->> 'activity_rooms')::integer > 0),
    (4, 'canteen', '老年食堂', '午餐11:00—12:30', 'in_use', (a.facts ->> 'canteens')::integer > 0),
    (5, 'idle_room', '门卫旁闲置房', '约20平方米，通水电', case when pg_temp.chance(y.b, 5) < 0.3 then 'offered' when pg_temp.chance(y.b, 5) < 0.45 then 'claimed' else 'idle' end, (a.facts ->> 'idle_rooms')::integer > 0),
    (6, 'aed', '自动除颤器', '门卫室内', 'in_use', y.homes > 260 and pg_temp.chance(y.d, 2) < 0.5),
    (7, 'clinic', '家庭医生工作点', '每周三上午', 'in_use', a.facts ->> 'clinic' = 'weekly' and pg_temp.chance(y.d, 3) < 0.09),
    (8, 'fitness_corner', '健身角', null, 'in_use', y.homes > 90 and pg_temp.chance(y.d, 4) < 0.2),
    (9, 'recycling', '垃圾分类点', null, 'in_use', pg_temp.chance(y.d, 5) < 0.07),
    (10, 'parking_lot', '院内停车场', null, 'in_use', (a.facts ->> 'parking')::integer > 80 and pg_temp.chance(y.d, 6) < 0.6),
    (11, 'fire_post', '微型消防站', '灭火器8具、水带2卷', 'in_use', pg_temp.chance(y.d, 7) < 0.02)
  ) k (n, kind, name, note, state, there) where k.there;

insert into public.hazards (courtyard_id, community_id, kind, what, level, state, point, mender, due_at, inspect_days, inspected_at, created_at, updated_at, ended_at)
select y.id, y.community_id, h.kind, h.what, h.level, h.state, pg_temp.beside(y, 20 + h.n), case when h.state <> 'open' then h.mender end,
  h.found + make_interval(days => case h.level when 3 then 15 when 2 then 45 else 90 end), k.inspect_days,
  greatest(h.found, now() - make_interval(days => (pg_temp.chance(h.seed, 4) * k.inspect_days * 1.2)::integer)), h.found, greatest(h.found, now() - interval '6 days'),
  case when h.state = 'mended' then now() - make_interval(days => 2 + (pg_temp.chance(h.seed, 5) * 5)::integer) end
from demo_yard y, generate_series(1, 2) turn (n),
  lateral (select md5(y.code || 'hazard' || turn.n) as seed) m,
  lateral (values
    ('wiring', '单元配电箱线路老化，夏天跳闸', '供电抢修站'), ('stairwell_clutter', '楼道堆放旧家具，影响疏散', '社区网格'), ('falling_wall', '临街外墙瓷砖空鼓', '住建物业服务站'),
    ('fire_lane_blocked', '院内主道常停车，消防车进不来', '消防工作站'), ('ebike_stairwell', '一楼楼道停放充电', '消防工作站'), ('gas_pipe', '燃气立管锈蚀', '燃气抢修站'),
    ('manhole_cover', '院坝井盖松动', '市政养护站'), ('sunken_ground', '化粪池旁地面下沉', '市政养护站'), ('leaning_tree', '院内老树倾斜', '园林绿化站')
  ) kinds (kind, what, mender),
  lateral (select turn.n, m.seed, kinds.*, case when pg_temp.chance(m.seed, 1) < 0.1 then 3 when pg_temp.chance(m.seed, 1) < 0.42 then 2 else 1 end as level,
    case when pg_temp.chance(m.seed, 2) < 0.3 then 'mended' when pg_temp.chance(m.seed, 2) < 0.55 then 'mending' else 'open' end as state,
    now() - make_interval(days => 4 + (pg_temp.chance(m.seed, 3) * 76)::integer) as found) h
join public.place_kinds k on k.code = h.kind
where pg_temp.chance(m.seed, 0) < case y.kind when 'quarter' then 0.08 else 0.15 end
  and kinds.kind = (array['wiring', 'stairwell_clutter', 'falling_wall', 'fire_lane_blocked', 'ebike_stairwell', 'gas_pipe', 'manhole_cover', 'sunken_ground', 'leaning_tree'])[1 + (pg_temp.chance(m.seed, 6) * 8.4)::integer];

-- Who went from door to door in the last three months. One yard in sixteen was not visited for longer than sixty days.
insert into public.labels (code, label_group, sort, name, name_en, colour, icon, rule) values
  ('unvisited', 'service', 505, '久未走访', 'Not visited for long', '#96590b', 'footprints', '{"visits":["household"],"days":60,"at_most":0}')
on conflict (code) do nothing;
insert into public.visits (courtyard_id, community_id, kind, visited_on, households, person_id, recorded_at)
select y.id, y.community_id, v.kind, v.visited_on, greatest(1, least((y.homes * v.share)::integer, 40)), y.worker, v.visited_on + time '17:20' at time zone 'Asia/Shanghai'
from demo_yard y, generate_series(1, 5) turn (n), lateral (select md5(y.code || 'visit' || turn.n) as seed) m,
  lateral (select case when turn.n > 3 then 'care' else 'household' end as kind, pg_temp.chance(m.seed, 1) * 0.22 as share,
    (now() at time zone 'Asia/Shanghai')::date - 1 - case when pg_temp.chance(y.d, 3) < 0.06 then 62 + (pg_temp.chance(m.seed, 2) * 28)::integer
      when turn.n = 1 then (pg_temp.chance(m.seed, 2) * 30)::integer else (pg_temp.chance(m.seed, 2) * 90)::integer end as visited_on) v
where y.worker is not null and (turn.n < 4 or pg_temp.chance(m.seed, 0) < 0.4);

-- given by hand: heritage yards, and what the street has decided
insert into private.courtyard_labels (courtyard_id, label_id, derived, reason, since, expires_at, person_id)
select y.id, l.id, false, w.reason, now() - make_interval(days => 40 + (pg_temp.chance(y.d, 2) * 100)::integer), now() + make_interval(days => w.days), y.staff
from demo_yard y, (values ('heritage', '列入历史建筑保护名录', 1800), ('renewal', '列入今年老旧院落改造计划', 240), ('model', '去年评为示范院落', 200)) w (label, reason, days)
join public.labels l on l.code = w.label
where case w.label when 'heritage' then y.kind = 'heritage' when 'renewal' then y.kind = 'yard' and y.built < 1990 and pg_temp.chance(y.c, 1) < 0.3
  else y.kind <> 'heritage' and pg_temp.chance(y.c, 2) < 0.04 end;

-- what the rules find was so when the yards were last confirmed
select set_config('courtyard.now', (now() - interval '9 days')::text, true);
select private.derive_labels();
select set_config('courtyard.now', '', true);

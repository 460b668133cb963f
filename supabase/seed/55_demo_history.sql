-- A quarter of the demo street's past: a thousand issues of the last hundred days, all ended, so that heat, hot spots and
-- comparisons have something to find. Their rhythm is a street's: Mondays are full and Sundays quiet, three wet spells bring leaks
-- and blocked drains, and some places have their own trouble (demo_trouble below).
-- Written in sets for speed, as the functions of the loop would have written it: the same events, clocks, hashes and steps.
-- Nobody is told of what is long over, so these events make no notices and no realtime messages.

create or replace function pg_temp.dice(seed text, sides integer) returns integer
language sql immutable as $$ select (('x' || substr(md5(seed), 1, 7))::bit(28)::integer % sides) $$;

-- The office's open spans, each with the working time up to its end: one look instead of a walk from day to day.
create temporary table demo_spans on commit drop as
select s.opens, s.closes, sum(s.closes - s.opens) over (order by s.opens) as upto
from generate_series(current_date - 103, current_date + 90, interval '1 day') d, private.open_spans(d::date) s;
create index on demo_spans (opens);
create index on demo_spans (upto);

-- private.after_minutes, read from those spans.
create or replace function pg_temp.later(since timestamptz, minutes numeric, mode text) returns timestamptz
language sql stable as $$
  select case when mode <> 'working' then since + minutes * interval '1 minute' else (
    select s.closes - (s.upto - done.worked - minutes * interval '1 minute')
    from (select coalesce((select s.upto - greatest(s.closes - since, interval '0') from demo_spans s
        where s.opens <= since order by s.opens desc limit 1), interval '0') as worked) done, demo_spans s
    where s.upto >= done.worked + minutes * interval '1 minute' order by s.upto limit 1) end
$$;

-- private.start_step, likewise.
create or replace function pg_temp.clock(step text, since timestamptz, minutes integer, mode text) returns jsonb
language sql stable as $$
  select jsonb_build_object('step', step, 'step_since', case when step is not null then since end, 'step_minutes', minutes, 'step_mode', mode,
    'paused_at', null, 'paused_until', null, 'due_at', case when step is not null then pg_temp.later(since, minutes, mode) end,
    'warn_at', case when step is not null then pg_temp.later(since, (minutes * 0.8)::integer, mode) end)
$$;

-- What was said, how often it is said in a dry week and in a wet one, and what was done.
create temporary table demo_past_story on commit drop as
select row_number() over () as n, * from (values
  ('leak', '厨房天花板渗水，墙皮鼓起来了', '3单元四楼', '已更换楼上下水管，观察三天未再渗水', 4, 16),
  ('leak', '屋顶漏雨，家里拿盆接水', '顶楼', '已补做防水，闭水试验合格', 3, 16),
  ('leak', '楼道里水管接头滴水，地上很滑', '1单元楼道', '已更换接头并清理积水', 4, 7),
  ('drain', '下水道返水，院子里都是污水', '院坝', '已疏通主管并冲洗消毒', 5, 15),
  ('drain', '化粪池满了往外冒', '大门左侧', '已抽排清掏', 3, 7),
  ('light', '楼道灯不亮，晚上摸黑上楼', '2单元', '已更换灯具', 8, 8),
  ('light', '院门口的路灯一闪一闪', '院门口', '已检修线路', 4, 4),
  ('rubbish', '垃圾桶满了没人清', '垃圾点', '已清运', 6, 5),
  ('rubbish', '大件垃圾堆在门口好几天', '院门旁', '已预约清走', 4, 3),
  ('clutter', '楼梯间堆了旧家具', '4单元', '与住户商量后清走', 6, 4),
  ('clutter', '过道放满花盆纸箱', '2单元一楼', '已清理出通道', 4, 3),
  ('fire_lane', '消防通道被车堵死', '院内主道', '已挪车并补画标线', 4, 3),
  ('ebike', '电瓶车推进楼道充电', '1单元楼梯口', '已劝导移至充电棚', 6, 4),
  ('lift', '电梯停在半层，按了没反应', '电梯', '维保已更换门机板', 3, 3),
  ('gas', '楼道里能闻到煤气味', '2单元', '燃气公司已更换胶管并复检', 2, 1),
  ('wire', '墙上的电线掉下来一截', '临街外墙', '已重新固定', 2, 3),
  ('utility', '突然停电，问了邻居都没有', '整个院子', '已更换熔断器恢复供电', 3, 4),
  ('wall', '外墙皮掉下来，下面有人走', '临街外墙', '已铲除松动部分并围挡', 2, 4),
  ('gate', '单元门锁坏了关不上', '3单元', '已更换门锁', 5, 5),
  ('manhole', '井盖松动，车压过去哐哐响', '院内道路', '已更换井盖', 1, 2),
  ('pavement', '地砖松了，下雨一踩一身水', '院坝', '已重铺', 3, 10),
  ('pavement', '院门口积水过不去', '院门口', '已清通雨水口', 1, 12),
  ('fitness', '健身器材松动', '活动角', '已紧固更换配件', 3, 1),
  ('handrail', '坡道扶手断了，轮椅上不来', '1单元门口', '已焊接加固', 3, 2),
  ('illegal_building', '楼顶在搭棚子', '顶楼', '已责令停工并拆除', 2, 1),
  ('renovation', '装修建渣倒在花台边', '花台', '已督促清运', 4, 3),
  ('noise', '夜里还在打麻将，吵得睡不着', '一楼临街', '已约定十点收场', 6, 4),
  ('smoke', '餐馆油烟直吹到窗户', '临街面', '已督促清洗净化器', 4, 3),
  ('parking', '车停在单元门口出不去', '1单元门口', '已联系车主挪车', 6, 5),
  ('pets', '遛狗不拴绳', '院内', '已上门提醒', 4, 2),
  ('greening', '树枝刮到窗户', '5楼窗外', '已修剪', 3, 5),
  ('planting', '花台被拿来种菜', '花台', '已协商恢复', 2, 1),
  ('pests', '院里老鼠多', '垃圾点附近', '已投药封洞', 3, 2),
  ('advert', '门上墙上全是小广告', '各单元', '已清除', 4, 2),
  ('neighbours', '楼上漏水谈不拢，想请社区来调解', '2单元', '已上门调解，双方签字', 4, 5),
  ('visit', '老人独居，想请人上门看看', '1单元一楼', '已上门看望并登记', 4, 4),
  ('other', '院里的公告栏玻璃碎了', '院门口', '已更换', 2, 2)
) s (category, what, place, done, dry, wet);

-- Places with a trouble of their own: whose yards, how often in the hundred days, from which hour of the day on, and what was said.
-- at_corner: always at the same corner of the first of them, else anywhere in those yards.
create temporary table demo_trouble on commit drop as
select row_number() over () as n, t.*, y.yards
from (values
  ('leak', '四道街45号院', 4, 7, false, '还是那根老水管，又漏了', '2单元公共立管', '已临时抱箍，列入管网改造'),
  ('leak', '槐树街7号院', 3, 7, false, '顶楼又渗水了', '顶楼', '已补做防水'),
  ('lift', '下同仁路30号院', 4, 7, false, '电梯又停了，老人困在家里', '1号电梯', '维保已换曳引机配件'),
  ('drain', '仁厚街%', 14, 7, false, '院里下水道又堵了', '院坝', '已疏通，安排季度清掏'),
  ('ebike', '奎星楼街%', 42, 17, false, '沿街又有人拉线给电瓶车充电', '单元门口', '已劝导收线，移至充电棚'),
  ('rubbish', '包家巷1%', 30, 6, true, '巷口垃圾又堆起来了', '巷口垃圾点', '已清运并冲洗'),
  ('smoke', '窄巷子%', 26, 17, false, '餐馆油烟又吹进院子', '临街面', '已约谈店主，清洗净化器'),
  ('noise', '宽巷子%', 34, 20, false, '酒吧音响太大，孩子睡不着', '临街面', '已上门提醒，十点后关外放'),
  ('parking', '西马棚街%', 28, 7, false, '接送的车又停满门口', '院门口', '已劝离，加装隔离柱')
) t (category, address, times, from_hour, at_corner, what, place, done),
lateral (select array_agg(c.id order by c.id) as yards from public.courtyards c where c.address like t.address) y
where y.yards is not null;

-- The reports: a day's many, each with its hour, its story and its yard. `fate` decides its way further down.
create temporary table demo_past on commit drop as
with days as (
  select ago, current_date - ago as day, extract(isodow from current_date - ago)::integer as weekday,
    ago between 82 and 88 or ago between 48 and 55 or ago between 19 and 24 as wet
  from generate_series(2, 100) ago
), said as (
  select 'day' || d.ago || '-' || times.n as seed, d.day, s.category, s.what, s.place, s.done, false as at_corner,
    (array[7,7,8,8,8,8,9,9,9,9,10,10,10,11,11,12,12,12,13,14,14,15,15,16,16,17,17,18,18,18,18,19,19,19,20,20,20,21,21,22])
      [1 + pg_temp.dice('hour' || d.ago || '-' || times.n, 40)] as hour,
    case s.category when 'lift' then y.modern else y.every end as yards
  from days d,
    lateral generate_series(1, (array[11, 9, 9, 8, 9, 7, 5])[d.weekday] + case when d.wet then 5 else 0 end + pg_temp.dice('many' || d.ago, 3)) times (n),
    lateral (
      select s.* from (
        select t.*, sum(case when d.wet then t.wet else t.dry end) over (order by t.n) as upto,
          sum(case when d.wet then t.wet else t.dry end) over () as total from demo_past_story t) s
      where s.upto > pg_temp.dice('story' || d.ago || '-' || times.n, s.total::integer) order by s.n limit 1) s,
    (select array_agg(c.id order by c.id) as every, array_agg(c.id order by c.id) filter (where c.kind = 'quarter') as modern from public.courtyards c) y
  union all
  select 'trouble' || t.n || '-' || times.n, current_date - 2 - (times.n * 97 / t.times + pg_temp.dice('ago' || t.n || '-' || times.n, 2)), t.category, t.what, t.place, t.done,
    t.at_corner, t.from_hour + pg_temp.dice('from' || t.n || '-' || times.n, least(12, 23 - t.from_hour)), t.yards
  from demo_trouble t, lateral generate_series(1, t.times) times (n)
), placed as (
  select s.*, y.id as yard_id, pg_temp.dice('fate' || s.seed, 100) as fate,
    (s.day + make_interval(hours => s.hour, mins => pg_temp.dice('minute' || s.seed, 60), secs => pg_temp.dice('second' || s.seed, 60)))
      at time zone 'Asia/Shanghai' as created_at,
    -- about a metre for each 0.00001 degrees
    extensions.st_setsrid(extensions.st_point(extensions.st_x(o.origin) + (pg_temp.dice('x' || s.seed, o.spread) - o.spread / 2) * 0.00001,
      extensions.st_y(o.origin) + (pg_temp.dice('y' || s.seed, o.spread) - o.spread / 2) * 0.00001), 4326) as near,
    o.origin, y.geom
  from said s
  join public.courtyards y on y.id = s.yards[1 + pg_temp.dice('yard' || s.seed, array_length(s.yards, 1))],
  lateral (select case when s.at_corner then 13 else 45 end as spread,
    case when s.at_corner then (select extensions.st_pointn(extensions.st_exteriorring(extensions.st_geometryn(f.geom, 1)), 1)
      from public.courtyards f where f.id = s.yards[1]) else y.point end as origin) o
), ladder as (
  select p.seed, p.category, p.what, p.place, p.done, p.fate, p.created_at, y.id as courtyard_id, y.street_id, y.community_id, y.grid_id,
    case when p.at_corner or extensions.st_intersects(p.geom, p.near) then p.near else p.origin end as point,
    k.level as first_level, k.urgency, k.clock, k.accept_minutes, k.dispatch_minutes, k.handle_minutes, u.verify_minutes, u.clock as verify_clock,
    k.department_id,
    k.level = 'courtyard' and p.fate < 18 as to_community,
    k.level = 'street' or k.level = 'community' and p.fate < 34 as to_department,
    k.level = 'community' and p.fate between 34 and 36 as declined,
    k.level <> 'street' and p.fate between 37 and 38 as withdrawn,
    k.level <> 'street' and p.fate between 39 and 43 as answered_no,
    k.level = 'community' and p.fate between 44 and 49 as recheck,
    pg_temp.dice('silent' || p.seed, 10) < 3 as silent,
    -- most are done in good time, one in thirteen late
    case when pg_temp.dice('late' || p.seed, 13) = 0 then 110 + pg_temp.dice('how late' || p.seed, 90) else 12 + pg_temp.dice('pace' || p.seed, 80) end / 100.0 as pace
  from placed p
  join public.courtyards y on y.id = p.yard_id
  join public.categories k on k.code = p.category and k.active
  join public.urgency_clocks u on u.urgency = k.urgency
)
select nextval(pg_get_serial_sequence('public.issues', 'id')) as id, t.*
from (
  select l.*, a.accepted_at, h.handed_at, s.street_at, d.dispatched_at, r.resolved_at, v.verified_at, n.no_at, again.again_at, e.ended_at
  from ladder l,
  lateral (select case when l.first_level <> 'street' then pg_temp.later(l.created_at, l.accept_minutes * (5 + pg_temp.dice('accept' || l.seed, 88)) / 100.0, l.clock) end as accepted_at) a,
  lateral (select case when l.to_community then pg_temp.later(a.accepted_at, l.handle_minutes * (5 + pg_temp.dice('up' || l.seed, 30)) / 100.0, l.clock) end as handed_at) h,
  lateral (select case when l.to_department and l.first_level <> 'street'
    then pg_temp.later(a.accepted_at, l.handle_minutes * (4 + pg_temp.dice('on' || l.seed, 25)) / 100.0, l.clock) end as street_at) s,
  lateral (select case when l.to_department
    then pg_temp.later(coalesce(s.street_at, l.created_at), l.dispatch_minutes * (8 + pg_temp.dice('send' || l.seed, 88)) / 100.0, l.clock) end as dispatched_at) d,
  lateral (select case when not (l.declined or l.withdrawn)
    then pg_temp.later(coalesce(d.dispatched_at, h.handed_at, a.accepted_at), l.handle_minutes * l.pace, l.clock) end as resolved_at) r,
  lateral (select case when l.to_department or l.recheck and not (l.declined or l.withdrawn)
    then pg_temp.later(r.resolved_at, l.verify_minutes * (10 + pg_temp.dice('verify' || l.seed, 80)) / 100.0, l.verify_clock) end as verified_at) v,
  lateral (select case when l.answered_no then r.resolved_at + make_interval(mins => 90 + pg_temp.dice('no' || l.seed, 1200)) end as no_at) n,
  lateral (select case when l.answered_no then pg_temp.later(n.no_at, l.handle_minutes * (20 + pg_temp.dice('again' || l.seed, 60)) / 100.0, l.clock) end as again_at) again,
  lateral (select case
    when l.declined then pg_temp.later(a.accepted_at, 20 + pg_temp.dice('decline' || l.seed, 150), l.clock)
    when l.withdrawn then a.accepted_at + make_interval(mins => 20 + pg_temp.dice('take back' || l.seed, 300))
    -- the sweep closes within its minute what nobody answered for seven days
    when l.silent then coalesce(again.again_at, v.verified_at, r.resolved_at) + interval '7 days 20 seconds'
    else coalesce(again.again_at, v.verified_at, r.resolved_at) + make_interval(mins => 40 + pg_temp.dice('answer' || l.seed, 1700)) end as ended_at) e
  where e.ended_at < date_trunc('hour', now())
  order by l.created_at, l.seed
) t;

-- Their histories, one row an event, with the state and holder it left the issue in.
create temporary table demo_past_events on commit drop as
with told as (
  select p.*, e.*, case e.level when 'courtyard' then p.grid_id when 'community' then p.community_id when 'street' then p.street_id end as area_id,
    case e.level when 'department' then p.department_id end as holder_department,
    case e.actor when 'grid_worker' then p.grid_id when 'community_staff' then p.community_id when 'street_staff' then p.street_id end as office_area_id,
    case e.actor when 'department_staff' then p.department_id end as office_department_id
  from (
    select d.*, case when d.to_department then 'department' when d.to_community then 'community' else d.first_level end as solver,
      case when d.to_department then 'department_staff' when d.to_community or d.first_level = 'community' then 'community_staff' else 'grid_worker' end as solver_actor,
      d.to_department or d.recheck as checked
    from demo_past d) p,
  lateral (values
    (1, 'report', p.created_at, 'resident', 'submitted', p.first_level, case p.first_level when 'street' then 'dispatch' else 'accept' end,
      case p.first_level when 'street' then p.dispatch_minutes else p.accept_minutes end, p.clock, '{}'::jsonb),
    (2, 'accept', p.accepted_at, case p.first_level when 'courtyard' then 'grid_worker' else 'community_staff' end, 'handling', p.first_level,
      'handle', p.handle_minutes, p.clock, '{}'),
    (3, 'hand_up', p.handed_at, 'grid_worker', 'handling', 'community', 'handle', p.handle_minutes, p.clock, '{"reason":"院里没有条件处理，请社区出面"}'),
    (4, 'hand_up', p.street_at, 'community_staff', 'handling', 'street', 'dispatch', p.dispatch_minutes, p.clock, '{"reason":"需要专业队伍，社区没有力量处理"}'),
    (5, 'dispatch', p.dispatched_at, 'street_staff', 'handling', 'department', 'handle', p.handle_minutes, p.clock,
      jsonb_build_object('department_id', p.department_id)),
    (6, 'resolve', p.resolved_at, p.solver_actor, 'resolved', p.solver, case when p.checked then 'verify' else 'answer' end,
      case when p.checked then p.verify_minutes else 7 * 1440 end, case when p.checked then p.verify_clock else 'wall' end, jsonb_build_object('done', p.done)),
    (7, 'verify', p.verified_at, 'street_staff', 'resolved', p.solver, 'answer', 7 * 1440, 'wall', '{"outcome":"ok","finding":"现场核查，属实"}'),
    (8, 'answer', p.no_at, 'resident', 'handling', p.solver, 'handle', p.handle_minutes, p.clock, '{"outcome":"no","words":"还没好，请再来看看"}'),
    (9, 'resolve', p.again_at, p.solver_actor, 'resolved', p.solver, 'answer', 7 * 1440, 'wall', jsonb_build_object('done', p.done || '；已请住户当面确认')),
    (10, 'decline', case when p.declined then p.ended_at end, 'community_staff', 'declined', p.first_level, null, null, null,
      '{"reason":"这是住户自家室内的设施，按规定由业主自己维修","instead":"可联系物业的维修师傅，社区可以帮您推荐","duty":"private_home"}'),
    (11, 'withdraw', case when p.withdrawn then p.ended_at end, 'resident', 'withdrawn', p.first_level, null, null, null, '{"words":"已经自己商量好了"}'),
    (12, 'close', case when p.silent and not (p.declined or p.withdrawn) then p.ended_at end, 'clock', 'closed', p.solver, null, null, null, '{}'),
    (13, 'answer', case when not (p.silent or p.declined or p.withdrawn) then p.ended_at end, 'resident', 'closed', p.solver, null, null, null,
      '{"outcome":"yes","words":"解决了，谢谢"}')
  ) e (ord, action, at, actor, state, level, step, minutes, mode, payload)
  where e.at is not null
), ordered as (
  select t.*, row_number() over w as seq, lag(t.state) over w as from_state, lag(t.level) over w as from_level,
    lag(t.area_id) over w as from_area_id, lag(t.holder_department) over w as from_department_id
  from told t window w as (partition by t.id order by t.ord)
)
select o.id as issue_id, o.seq::integer as seq, o.action, o.at, o.actor, m.person_id, o.office_area_id, o.office_department_id, o.payload, true as is_public,
  o.from_state, o.from_level, o.from_area_id, o.from_department_id,
  pg_temp.clock(o.step, o.at, o.minutes, o.mode) || jsonb_build_object('version', o.seq, 'updated_at', o.at)
  || case o.action
    when 'report' then jsonb_build_object('category', o.category, 'urgency', o.urgency, 'returns', 0, 'reopened', 0, 'tasks', '{}'::jsonb,
      'assisting', '[]'::jsonb, 'recheck', false, 'state', o.state, 'holder_level', o.level, 'holder_area_id', o.area_id)
    when 'dispatch' then '{"tasks":{},"assisting":[]}'
    when 'resolve' then jsonb_build_object('answered', null, 'resolved_at', o.at, 'asked', null, 'recheck', o.step = 'verify')
    when 'verify' then '{"recheck":false}'
    when 'answer' then jsonb_build_object('answered', o.payload ->> 'outcome', 'recheck', false)
    when 'decline' then '{"duty":"private_home"}'
    else '{}' end
  || case when o.action in ('hand_up', 'dispatch') then jsonb_build_object('holder_level', o.level, 'holder_area_id', o.area_id,
    'holder_department_id', o.holder_department, 'asked', null) else '{}' end
  || case when o.state <> o.from_state then jsonb_build_object('state', o.state)
    || case when o.state in ('handling', 'resolved') then '{"ended_at":null}' else jsonb_build_object('ended_at', o.at, 'asked', null) end else '{}' end
  || case when o.from_state = 'submitted' and o.state = 'handling'
    then jsonb_build_object('first_owner_area_id', o.office_area_id, 'first_owner_department_id', null) else '{}' end as changes,
  o.step, o.level, o.holder_department
from ordered o
left join lateral (
  select m.person_id from public.memberships m
  where m.role = o.actor and (m.area_id = o.office_area_id or m.department_id = o.office_department_id) order by m.id limit 1) m on true;
create index on demo_past_events (seq, issue_id);

-- The issues as their histories leave them.
insert into public.issues (id, number, street_id, community_id, grid_id, courtyard_id, category, what, place, point, urgency, state,
  holder_level, holder_area_id, holder_department_id, first_owner_area_id, first_owner_department_id, tasks, assisting, promised_at,
  returns, reopened, recheck, duty, answered, version, created_at, updated_at, resolved_at, ended_at)
select p.id, to_char(p.created_at at time zone 'Asia/Shanghai', 'YYMM') || '-' || lpad(p.id::text, 5, '0'), p.street_id, p.community_id, p.grid_id,
  p.courtyard_id, r.category, p.what, p.place, p.point, r.urgency, r.state, r.holder_level, r.holder_area_id, r.holder_department_id,
  r.first_owner_area_id, r.first_owner_department_id, r.tasks, r.assisting,
  p.created_at + case p.urgency when 'emergency' then interval '2 hours' when 'urgent' then interval '24 hours' else interval '7 days' end,
  r.returns, r.reopened, r.recheck, r.duty, r.answered, r.version, p.created_at, r.updated_at, r.resolved_at, r.ended_at
from demo_past p
join (
  select e.issue_id, jsonb_object_agg(c.key, c.value order by e.seq) as columns
  from demo_past_events e, lateral jsonb_each(e.changes) c group by e.issue_id) h on h.issue_id = p.id,
lateral jsonb_populate_record(null::public.issues, h.columns) r;

insert into private.reporters
select p.id, sha256(convert_to('demo ' || p.seed, 'UTF8')), '',
  substr('王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗', 1 + pg_temp.dice('name' || p.seed, 20), 1)
    || (array['秀英', '建华', '桂芳', '志强', '玉兰', '小燕', '国强', '淑珍', '丽', '军'])[1 + pg_temp.dice('given' || p.seed, 10)],
  (1 + pg_temp.dice('unit' || p.seed, 4)) || '单元' || (1 + pg_temp.dice('floor' || p.seed, 7)) || '0' || (1 + pg_temp.dice('door' || p.seed, 4)), null, 'zh'
from demo_past p;

-- The events in order, each hashed onto the one before it. Steps are kept below; nobody is told; no clock will ring.
alter table public.issue_events disable trigger publish_event, disable trigger tell_event, disable trigger keep_steps, disable trigger keep_alarm;
do $$
begin
  for n in 1 .. (select max(seq) from demo_past_events) loop
    insert into public.issue_events
    select e.issue_id, e.seq, e.action, e.at, e.actor, e.person_id, e.office_area_id, e.office_department_id, e.payload, e.is_public,
      e.from_state, e.from_level, e.from_area_id, e.from_department_id, e.changes, null,
      private.event_hash(row(e.issue_id, e.seq, e.action, e.at, e.actor, e.person_id, e.office_area_id, e.office_department_id, e.payload,
        e.is_public, e.from_state, e.from_level, e.from_area_id, e.from_department_id, e.changes, null, null)::public.issue_events, b.hash)
    from demo_past_events e
    left join public.issue_events b on b.issue_id = e.issue_id and b.seq = n - 1
    where e.seq = n;
  end loop;
end
$$;
set constraints all immediate;
alter table public.issue_events enable trigger publish_event, enable trigger tell_event, enable trigger keep_steps, enable trigger keep_alarm;

-- The steps, as private.note_step would have kept them.
insert into public.issue_steps (issue_id, seq, street_id, community_id, category, step, holder_level, department_id, began_at, due_at, ended_at, ended_by)
select s.issue_id, s.seq, p.street_id, p.community_id, p.category, s.step, s.level, s.holder_department, s.at, (s.changes ->> 'due_at')::timestamptz, s.next_at, s.next_action
from (
  select e.*, lead(e.at) over w as next_at, lead(e.action) over w as next_action
  from demo_past_events e window w as (partition by e.issue_id order by e.seq)) s
join demo_past p on p.id = s.issue_id
where s.step is not null;

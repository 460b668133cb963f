-- Two hundred issues over the last ninety days, in every state of the loop: each was reported and moved by the
-- functions that move real ones, at the times of its story. Chance comes from md5, so the street is the same each time.

create function pg_temp.dice(seed text, sides integer) returns integer
language sql immutable as $$ select (('x' || substr(md5(seed), 1, 7))::bit(28)::integer % sides) $$;

create function pg_temp.demo_act(issue_id bigint, wanted text, payload jsonb, at timestamptz) returns void
language plpgsql as $$
declare
  issue public.issues;
  rule public.issue_actions;
  office_area bigint;
begin
  perform set_config('courtyard.now', at::text, true);
  select i.* into strict issue from public.issues i where i.id = issue_id;
  select a.* into strict rule from public.issue_actions a
  where a.action = wanted and a.state = issue.state and a.holder_level = issue.holder_level
    and a.outcome = coalesce(payload ->> 'outcome', '') and a.actor not in ('clock', 'assisting')
  order by a.to_holder = 'own' limit 1;
  office_area := case when rule.action = 'verify' then case rule.actor when 'community_staff' then issue.community_id else issue.street_id end
    when rule.actor <> 'resident' then issue.holder_area_id end;
  perform private.apply_action(issue, rule, payload, null,
    (select m.person_id from public.memberships m where rule.actor <> 'resident' and m.role = rule.actor
      and (m.area_id = office_area or m.department_id = issue.holder_department_id and office_area is null) order by m.id limit 1),
    office_area, case when rule.actor <> 'resident' and office_area is null then issue.holder_department_id end);
end
$$;

-- What was said: a category, the resident's words, where, and what was done in the end.
create temporary table demo_story (n serial, category text, what text, place text, done text);
insert into demo_story (category, what, place, done) values
  ('leak', '三楼卫生间往下漏水，二楼天花板都湿了', '2单元三楼', '已请水电工更换三楼下水弯头，二楼观察两天不再滴水'),
  ('leak', '屋顶漏雨，下一场雨就接一盆水', '顶楼', '已铺好防水卷材，闭水试验合格'),
  ('leak', '楼道里的水管一直滴水', '1单元楼道', '已更换阀门'),
  ('drain', '院子里的下水道堵了，污水冒出来', '院坝中间', '已疏通并冲洗地面，清出淤泥两车'),
  ('drain', '化粪池满了，味道很大', '大门左侧', '已抽排化粪池'),
  ('light', '楼道灯坏了，老人晚上上下楼看不见', '3单元', '已换成声控灯'),
  ('light', '院门口的路灯三天没亮', '院门口', '已修复线路'),
  ('rubbish', '垃圾桶满了两天没人收', '院门旁垃圾点', '已清运，改为每天两次'),
  ('rubbish', '垃圾点的厨余桶破了，流了一地', '垃圾点', '已换新桶并冲洗'),
  ('clutter', '楼道堆了旧沙发和纸箱，走路要侧着身', '4单元一楼', '与住户商量后已搬走'),
  ('clutter', '楼梯间堆满了花盆', '2单元', '已清理，留出通道'),
  ('fire_lane', '消防通道停了一排车，消防车进不来', '院内主道', '已清走车辆，重新画线'),
  ('ebike', '有人从三楼拉线下来充电瓶车', '1单元楼下', '已劝导收线，引导到充电棚'),
  ('ebike', '电瓶车停在楼梯口充电，晚上很担心', '楼梯口', '已移至充电棚'),
  ('lift', '电梯这周坏了两次，老人下不了楼', '电梯', '维保单位已更换控制板'),
  ('gas', '楼道里有煤气味', '2单元二楼', '燃气公司已上门检测，更换老化胶管'),
  ('wire', '大风后有根电线吊下来了', '院门口电杆', '已固定线缆'),
  ('utility', '今天早上开始没有水', '整个院子', '爆管已修好，恢复供水'),
  ('wall', '外墙的瓷砖掉了几块，差点砸到人', '临街外墙', '已敲除松动瓷砖并围挡，列入排危'),
  ('gate', '大门的门禁坏了，谁都能进', '大门', '已修好门禁'),
  ('gate', '铁门关的时候声音很大', '后门', '已装缓冲器'),
  ('manhole', '井盖裂了，踩上去会晃', '院坝', '已更换井盖'),
  ('pavement', '院子里地砖翘起来了，老人绊了一跤', '花台旁边', '已重新铺平'),
  ('pavement', '一下雨门口就积水', '院门口', '已清通雨水口'),
  ('fitness', '健身器材的扶手断了', '活动角', '已更换配件'),
  ('handrail', '楼梯扶手松了', '3单元二楼', '已加固扶手'),
  ('illegal_building', '顶楼在搭彩钢棚', '顶楼', '已责令停工并拆除'),
  ('renovation', '隔壁装修的建渣堆在院子里', '院角', '已清运建渣'),
  ('noise', '楼下麻将馆半夜还很吵', '一楼临街', '已与店主约定十点后停止'),
  ('noise', '中午也在用电钻', '2单元', '已告知装修时间'),
  ('smoke', '楼下餐馆的油烟直接排到窗户边', '临街面', '已督促加装油烟净化器'),
  ('parking', '外面的车停进来堵住了单元门', '1单元门口', '已联系车主挪车，加装隔离柱'),
  ('parking', '几辆没人管的旧自行车占着车棚', '车棚', '已公示后清走'),
  ('pets', '有人遛狗不拴绳，孩子害怕', '院内', '已上门劝导'),
  ('greening', '大树的枝子伸到窗户里了', '5楼窗外', '已修枝'),
  ('planting', '有人在花台里种菜', '花台', '已恢复绿化'),
  ('pests', '院子里老鼠很多', '垃圾点附近', '已投放鼠饵并封堵洞口'),
  ('advert', '楼道里贴满了小广告', '各单元', '已清理干净'),
  ('neighbours', '楼上晾的衣服总往下滴水，说了几次都不听', '2单元', '已上门调解，双方同意加接水盘'),
  ('visit', '我妈一个人住，想请社区的人上门看看', '1单元一楼', '已上门看望，登记为每周走访');

do $$
declare
  -- the demo's day ends at the last full hour, so that a restart within the hour tells the same story
  today constant timestamptz := date_trunc('hour', now());
  yards constant bigint[] := (select array_agg(id order by id) from public.courtyards);
  story record;
  yard public.courtyards;
  issue public.issues;
  again public.issues;
  i integer;
  fate integer;
  at timestamptz;
  point extensions.geometry;
begin
  perform setseed(0.42);
  for i in 1 .. 194 loop
    select s.* into story from demo_story s where s.n = 1 + pg_temp.dice('story' || i, 40);
    select c.* into yard from public.courtyards c where c.id = yards[1 + pg_temp.dice('yard' || i, array_length(yards, 1))];
    -- the first 130 have ended, the others are younger and still open
    fate := case when i <= 130 then pg_temp.dice('fate' || i, 10) else 10 + (i - 131) end;
    at := today - case
      when i <= 130 then make_interval(hours => 24 * 90 - i * 16 + pg_temp.dice('hour' || i, 12))
      when fate < 28 then make_interval(mins => 5 + (fate - 10) * 22)
      when fate < 68 then make_interval(mins => 60 * (fate - 22) + pg_temp.dice('min' || i, 50))
      else make_interval(hours => 30 + (fate - 68) * 9) end;
    point := extensions.st_setsrid(extensions.st_point(
      extensions.st_x(yard.point) + (pg_temp.dice('x' || i, 41) - 20) * 0.00001,
      extensions.st_y(yard.point) + (pg_temp.dice('y' || i, 41) - 20) * 0.00001), 4326);
    if not coalesce(extensions.st_intersects(yard.geom, point), false) then
      point := yard.point;
    end if;
    perform set_config('courtyard.now', at::text, true);
    issue := private.open_issue(yard, (select k from public.categories k where k.code = story.category), story.what, story.place, point);
    insert into private.reporters values (issue.id, sha256(convert_to('demo' || i, 'UTF8')), '',
      substr('王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗', 1 + pg_temp.dice('name' || i, 20), 1)
        || (array['秀英', '建华', '桂芳', '志强', '玉兰', '小燕', '国强', '淑珍', '丽', '军'])[1 + pg_temp.dice('given' || i, 10)],
      (1 + pg_temp.dice('unit' || i, 4)) || '单元' || (1 + pg_temp.dice('floor' || i, 7)) || '0' || (1 + pg_temp.dice('door' || i, 4)),
      case when pg_temp.dice('phone' || i, 3) > 0 then '1390000' || lpad(pg_temp.dice('tel' || i, 10000)::text, 4, '0') end, 'zh');

    continue when fate between 10 and 27; -- just reported
    if issue.holder_level = 'street' then
      perform pg_temp.demo_act(issue.id, 'dispatch',
        (select jsonb_build_object('department_id', k.department_id) from public.categories k where k.code = story.category), at + interval '30 minutes');
      continue when fate >= 28;
      perform pg_temp.demo_act(issue.id, 'resolve', jsonb_build_object('done', story.done), at + interval '2 days');
      perform pg_temp.demo_act(issue.id, 'verify', '{"outcome":"ok","finding":"现场核查，属实"}', at + interval '2 days 4 hours');
      perform pg_temp.demo_act(issue.id, 'answer', '{"outcome":"yes","words":"解决了，谢谢"}', at + interval '2 days 9 hours');
      continue;
    end if;
    at := at + make_interval(mins => 8 + pg_temp.dice('accept' || i, 50));
    perform pg_temp.demo_act(issue.id, 'accept', '{}', at);
    if fate = 0 and issue.holder_level = 'community' then
      perform pg_temp.demo_act(issue.id, 'decline', jsonb_build_object('reason', '这是住户自家室内的设施，按规定由业主自己维修',
        'instead', '可联系物业的维修师傅，社区可以帮您推荐', 'duty', 'private_home'), at + interval '3 hours');
      continue;
    end if;
    if fate in (30, 33) then
      perform pg_temp.demo_act(issue.id, 'ask_extension', jsonb_build_object('reason', '要等住户周末在家才能进门施工',
        'until', to_char(today + interval '9 days', 'YYYY-MM-DD')), at + interval '10 minutes');
    end if;
    continue when fate between 28 and 40; -- being handled where it began
    if fate in (1, 2, 3, 4) or fate between 41 and 67 then
      if issue.holder_level = 'courtyard' then
        at := at + interval '40 minutes';
        perform pg_temp.demo_act(issue.id, 'hand_up', '{"reason":"院里没有条件处理，请社区出面"}', at);
      end if;
      at := at + make_interval(mins => 20 + pg_temp.dice('up' || i, 90));
      perform pg_temp.demo_act(issue.id, 'hand_up', '{"reason":"需要专业队伍，社区没有力量处理"}', at);
      if fate in (42, 44) then
        perform pg_temp.demo_act(issue.id, 'letter', jsonb_build_object('addressee', '成都市青羊区住房建设和交通运输局',
          'title', '关于协助处理院落公共设施问题的函', 'text', '经现场核实，' || story.what || '。该问题涉及贵局职责，恳请派员到场指导处理，并将处理意见函复我街道。',
          'due_on', to_char(today + make_interval(days => fate - 41), 'YYYY-MM-DD')), at + interval '5 minutes');
      end if;
      if fate = 44 then
        perform pg_temp.demo_act(issue.id, 'letter_reply', jsonb_build_object('reply', '已安排技术人员明日上午到场查看。',
          'letter_id', (select l.id from public.letters l where l.issue_id = issue.id)), at + interval '8 minutes');
      end if;
      continue when fate between 41 and 46; -- waits at the street
      at := at + make_interval(mins => 10 + pg_temp.dice('dispatch' || i, 60));
      perform pg_temp.demo_act(issue.id, 'dispatch',
        (select jsonb_build_object('department_id', k.department_id) from public.categories k where k.code = story.category), at);
      if fate in (49, 52) then
        perform pg_temp.demo_act(issue.id, 'ask_pause', jsonb_build_object('reason', '配件已订货，到货前无法施工',
          'until', to_char(today + interval '4 days', 'YYYY-MM-DD')), at + interval '6 minutes');
      end if;
      if fate in (4, 60, 62) then
        at := at + interval '2 hours';
        perform pg_temp.demo_act(issue.id, 'send_back', '{"reason":"现场查看属于业主专有部分，请街道重新认定"}', at);
        continue when fate = 62; -- waits for the street's ruling
        at := at + interval '1 hour';
        perform pg_temp.demo_act(issue.id, 'dispatch', (select jsonb_build_object('department_id', k.department_id,
          'ruling', '涉及公共安全，由主责部门先行处置') from public.categories k where k.code = story.category), at);
      end if;
      continue when fate between 47 and 67; -- with a department
    end if;
    at := at + make_interval(hours => 2 + pg_temp.dice('solve' || i, 20));
    perform pg_temp.demo_act(issue.id, 'resolve', jsonb_build_object('done', story.done), at);
    continue when fate >= 68; -- waits for the resident's answer
    select i.* into issue from public.issues i where i.id = issue.id;
    if issue.step = 'verify' then
      perform pg_temp.demo_act(issue.id, 'verify', '{"outcome":"ok","finding":"现场核查，属实"}', at + interval '2 hours');
    end if;
    if fate = 5 then
      at := at + interval '5 hours';
      perform pg_temp.demo_act(issue.id, 'answer', '{"outcome":"no","words":"还是老样子，请再来看看"}', at);
      at := at + interval '9 hours';
      perform pg_temp.demo_act(issue.id, 'resolve', jsonb_build_object('done', story.done || '；已请住户当面确认'), at);
    end if;
    perform pg_temp.demo_act(issue.id, 'answer', '{"outcome":"yes","words":"解决了，谢谢"}', at + interval '8 hours');
  end loop;

  -- two that were taken back, and four that a neighbour had reported before
  for i in 195 .. 196 loop
    select c.* into yard from public.courtyards c where c.id = yards[1 + pg_temp.dice('yard' || i, array_length(yards, 1))];
    perform set_config('courtyard.now', (today - make_interval(days => 8 * (i - 194)))::text, true);
    issue := private.open_issue(yard, (select k from public.categories k where k.code = 'noise'), '楼上半夜拖家具，很吵', '2单元', yard.point);
    insert into private.reporters values (issue.id, sha256(convert_to('demo' || i, 'UTF8')), '', '何淑珍', '2单元301', null, 'zh');
    perform pg_temp.demo_act(issue.id, 'withdraw', '{"words":"已经自己商量好了"}', today - make_interval(days => 8 * (i - 194)) + interval '3 hours');
  end loop;
  for issue in
    select first.* from public.issues first
    where first.state = 'handling' and first.holder_level = 'community' and first.created_at < today - interval '3 hours'
    order by first.id limit 4
  loop
    select c.* into yard from public.courtyards c where c.id = issue.courtyard_id;
    at := greatest(issue.created_at, today - interval '2 days') + interval '1 hour';
    perform set_config('courtyard.now', at::text, true);
    again := private.open_issue(yard, (select k from public.categories k where k.code = issue.category), issue.what || '，请快点来看', issue.place, yard.point);
    insert into private.reporters values (again.id, sha256(convert_to('demo again' || issue.id, 'UTF8')), '', '罗建华', '3单元502', null, 'zh');
    perform set_config('request.jwt.claims', (select jsonb_build_object('sub', m.person_id, 'role', 'authenticated')::text
      from public.memberships m where m.role = 'community_staff' and m.area_id = issue.community_id), true);
    if again.holder_level = 'courtyard' then
      perform pg_temp.demo_act(again.id, 'accept', '{}', at + interval '15 minutes');
      perform pg_temp.demo_act(again.id, 'hand_up', '{"reason":"社区已在办理同一件事"}', at + interval '20 minutes');
    end if;
    perform pg_temp.demo_act(again.id, 'merge', jsonb_build_object('into', issue.number), at + interval '30 minutes');
  end loop;
  perform set_config('request.jwt.claims', '', true);
  perform set_config('courtyard.now', '', true);
end
$$;

-- the last half day's notices are still unread
insert into private.notice_marks (person_id, read_upto)
select p.id, (select coalesce(max(n.id), 0) from public.notices n where n.at < now() - interval '12 hours') from public.people p
on conflict (person_id) do nothing;

create table private.demo_links (
  label text not null,
  path text not null,
  ord integer not null
);
comment on table private.demo_links is 'The courtyard links printed at the start of the demo.';
insert into private.demo_links (label, path, ord)
select c.name, '/c/' || k.code, 1
from public.courtyards c join public.courtyard_codes k on k.courtyard_id = c.id
join public.areas a on a.id = c.community_id
where a.code = '510105005004' order by c.kind = 'heritage' desc, c.id limit 1;

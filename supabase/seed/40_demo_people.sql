-- The demo street's departments and accounts. Every name is invented; every account has the one password shown at the start.

insert into public.departments (street_id, code, name, name_en)
select a.id, d.code, d.name, d.name_en
from public.areas a, (values
  ('chengguan', '城市管理办公室', 'City Management Office'),
  ('zhifa', '综合行政执法队', 'Law Enforcement Team'),
  ('pingan', '平安建设办公室', 'Public Safety Office'),
  ('minsheng', '民生服务办公室', 'Livelihood Services Office'),
  ('shequ', '社区发展治理办公室', 'Community Development Office'),
  ('xiaofang', '消防工作站', 'Fire Safety Station'),
  ('wuye', '住建物业服务站', 'Housing and Property Station'),
  ('huanwei', '环卫所', 'Sanitation Depot'),
  ('shizheng', '市政养护站', 'Street Works Depot'),
  ('gongshui', '供排水抢修站', 'Water and Drainage Repairs'),
  ('gongdian', '供电抢修站', 'Power Repairs'),
  ('ranqi', '燃气抢修站', 'Gas Repairs'),
  ('yuanlin', '园林绿化站', 'Parks and Trees Depot')
) d (code, name, name_en)
where a.code = '510105005'
on conflict (code) do nothing;

update public.categories c set department_id = d.id
from (values
  ('leak', 'gongshui'), ('drain', 'gongshui'), ('light', 'gongdian'), ('rubbish', 'huanwei'), ('clutter', 'chengguan'),
  ('fire_lane', 'xiaofang'), ('ebike', 'xiaofang'), ('lift', 'wuye'), ('gas', 'ranqi'), ('wire', 'gongdian'),
  ('utility', 'gongdian'), ('wall', 'wuye'), ('gate', 'wuye'), ('manhole', 'shizheng'), ('pavement', 'shizheng'),
  ('fitness', 'shequ'), ('handrail', 'wuye'), ('illegal_building', 'zhifa'), ('renovation', 'zhifa'), ('noise', 'zhifa'),
  ('smoke', 'zhifa'), ('parking', 'zhifa'), ('pets', 'chengguan'), ('greening', 'yuanlin'), ('planting', 'yuanlin'),
  ('pests', 'huanwei'), ('advert', 'chengguan'), ('neighbours', 'pingan'), ('visit', 'minsheng'), ('other', 'shequ')
) lead (category, department)
join public.departments d on d.code = lead.department
where c.code = lead.category and c.department_id is null;

create table private.demo_accounts (
  email text primary key,
  password text not null,
  name text not null,
  label text not null,
  label_en text not null,
  surface text not null,
  role text not null,
  -- the code of the area, or of the department
  office text not null,
  ord integer not null
);
comment on table private.demo_accounts is 'The demo''s accounts, printed at the start. A street of its own has no such table.';

insert into private.demo_accounts (email, password, name, label, label_en, surface, role, office, ord)
select account || '@shaocheng.example', 'shaocheng-2026', name, label, label_en, surface, role, office, ord
from (values
  ('street', '罗建国', '街道指挥中心', 'Street command', '/street/', 'street_staff', '510105005', 10),
  ('leader', '陈敏', '街道领导（只看）', 'Street leader (reads)', '/street/', 'street_leader', '510105005', 11),
  ('admin', '周航', '街道管理员', 'Administrator', '/admin/', 'admin', '510105005', 12),
  ('kuanxiangzi', '刘思雨', '宽巷子社区', 'Kuanxiangzi community', '/community/', 'community_staff', '510105005004', 20),
  ('sidaojie', '何丽华', '四道街社区', 'Sidaojie community', '/community/', 'community_staff', '510105005002', 21),
  ('shangyejie', '唐晓东', '商业街社区', 'Shangyejie community', '/community/', 'community_staff', '510105005003', 22),
  ('wenweng', '郑雅琴', '文翁社区', 'Wenweng community', '/community/', 'community_staff', '510105005006', 23),
  ('changcheng', '冯涛', '长城社区', 'Changcheng community', '/community/', 'community_staff', '510105005007', 24),
  ('citangjie', '曾小兰', '祠堂街社区', 'Citangjie community', '/community/', 'community_staff', '510105005008', 25)
) demo (account, name, label, label_en, surface, role, office, ord);

-- a worker for each grid
insert into private.demo_accounts (email, password, name, label, label_en, surface, role, office, ord)
select 'grid' || n || '@shaocheng.example', 'shaocheng-2026',
  substr('赵钱孙李吴王蒋沈韩杨朱秦许吕张孔曹严华金魏陶姜谢邹苏潘葛范彭', 1 + (n * 7) % 30, 1) || substr('伟芳娜秀英敏静丽强磊洋艳勇军杰娟涛超明霞', 1 + (n * 3) % 20, 1),
  name || '网格员', coalesce(name_en, name) || ' worker', '/community/', 'grid_worker', code, 100 + n
from (select a.*, row_number() over (order by a.code)::integer as n from public.areas a where a.level = 'grid') grids;

-- a desk for each department
insert into private.demo_accounts (email, password, name, label, label_en, surface, role, office, ord)
select code || '@shaocheng.example', 'shaocheng-2026',
  substr('汪田任姜范方石姚谭廖邹熊陆', n, 1) || substr('志远海波晓梅国庆文静建军雪松', 1 + 2 * (n % 7), 2),
  name, name_en, '/street/', 'department_staff', code, 40 + n
from (select d.*, row_number() over (order by d.id)::integer as n from public.departments d) desks;

-- the same id for an account each time: uuid from the md5 of its address
insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  created_at, updated_at, confirmation_token, recovery_token, email_change_token_new, email_change)
select '00000000-0000-0000-0000-000000000000', md5(email)::uuid, 'authenticated', 'authenticated', email,
  -- bcrypt of the demo password, cost 10
  '$2b$10$BGim3wz7Cjn9M6ztCKb9l./lZud74RSM9w4o52a0UTfrAvU5RcZiC',
  now(), '{"provider":"email","providers":["email"]}', '{}', now(), now(), '', '', '', ''
from private.demo_accounts
on conflict (id) do nothing;

insert into auth.identities (id, user_id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at)
select gen_random_uuid(), md5(email)::uuid, 'email', md5(email)::uuid::text,
  jsonb_build_object('sub', md5(email)::uuid, 'email', email, 'email_verified', true), now(), now(), now()
from private.demo_accounts;

insert into public.people (id, street_id, name)
select md5(email)::uuid, a.id, d.name from private.demo_accounts d, public.areas a where a.code = '510105005';

insert into public.memberships (person_id, role, area_id, department_id)
select md5(d.email)::uuid, d.role,
  case when d.role <> 'department_staff' then (select a.id from public.areas a where a.code = d.office) end,
  case when d.role = 'department_staff' then (select t.id from public.departments t where t.code = d.office) end
from private.demo_accounts d;

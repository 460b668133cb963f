-- The archive's dictionary to start with: five modules, some sixty fields, the checks between them, the kinds of resources and
-- hazards, and thirty labels with their rules. Every row may be edited by the administrator.
-- Sensitivity: staff sees what all staff may, community what stays between community and street, key_person counts of people the
-- community looks after. every_months: how often a value has to be verified.

insert into public.archive_modules (code, name, name_en, sort) values
  ('population', '人口底数', 'Population', 10),
  ('resources', '资源底数', 'Resources', 20),
  ('bodies', '服务主体', 'Service bodies', 30),
  ('services', '服务事项', 'Services', 40),
  ('response', '响应流程', 'Response', 50)
on conflict (code) do nothing;

insert into public.archive_fields (code, module, sort, name, name_en, unit, unit_en, type, sensitivity, source, owner, every_months, on_map, low, high, note) values
  ('households', 'population', 10, '户数', 'Households', '户', 'households', 'count', 'public', '社区台账', '社区', 12, true, 0, 5000, null),
  ('registered', 'population', 20, '户籍人口', 'Registered residents', '人', 'people', 'count', 'staff', '派出所、社区台账', '社区', 3, false, 0, 20000, null),
  ('floating', 'population', 30, '流动人口', 'Floating residents', '人', 'people', 'count', 'staff', '出租房登记', '社区', 3, false, 0, 20000, '居住半年以上的非户籍人口'),
  ('rented', 'population', 50, '出租户', 'Rented homes', '户', 'homes', 'count', 'staff', '出租房登记', '社区', 3, false, 0, 5000, null),
  ('empty_homes', 'population', 60, '空置户', 'Empty homes', '户', 'homes', 'count', 'staff', '网格员入户', '社区', 6, false, 0, 5000, null),
  ('elderly_60', 'population', 70, '60岁以上', 'Aged 60 and over', '人', 'people', 'count', 'staff', '社区台账', '民生服务办公室', 3, false, 0, 20000, null),
  ('elderly_80', 'population', 80, '80岁以上', 'Aged 80 and over', '人', 'people', 'count', 'staff', '社区台账', '民生服务办公室', 3, false, 0, 5000, null),
  ('living_alone', 'population', 90, '独居老人', 'Elderly living alone', '人', 'people', 'count', 'key_person', '走访登记', '民生服务办公室', 3, false, 0, 2000, '只记人数'),
  ('children_0_3', 'population', 100, '0—3岁儿童', 'Children 0–3', '人', 'children', 'count', 'community', '社区台账', '民生服务办公室', 3, false, 0, 5000, '只计数，不记姓名'),
  ('children_3_6', 'population', 110, '3—6岁儿童', 'Children 3–6', '人', 'children', 'count', 'community', '社区台账', '民生服务办公室', 3, false, 0, 5000, '只计数，不记姓名'),
  ('children_6_14', 'population', 120, '6—14岁学龄儿童', 'Children 6–14', '人', 'children', 'count', 'community', '社区台账', '民生服务办公室', 3, false, 0, 5000, '只计数，不记姓名'),
  ('low_income', 'population', 130, '低保低收入户', 'Low-income households', '户', 'households', 'count', 'key_person', '民政名册', '民生服务办公室', 3, false, 0, 2000, '只记户数'),
  ('disabled', 'population', 140, '残疾人', 'Disabled people', '人', 'people', 'count', 'key_person', '残联名册', '民生服务办公室', 6, false, 0, 2000, '只记人数'),
  ('care_people', 'population', 150, '重点关爱人数', 'People looked after', '人', 'people', 'count', 'key_person', '走访登记', '民生服务办公室', 3, false, 0, 2000, '独居、失能、困境等需要定期探访的人数'),
  ('party_members', 'population', 160, '党员', 'Party members', '人', 'people', 'count', 'community', '社区党委', '社区', 3, false, 0, 5000, null),
  ('party_branches', 'population', 170, '党支部（小组）', 'Party branches', '个', 'branches', 'count', 'staff', '社区党委', '社区', 6, false, 0, 50, null),
  ('backbones', 'population', 180, '居民骨干', 'Resident backbones', '人', 'people', 'count', 'community', '社区', '社区', 3, false, 0, 500, null),
  ('volunteers', 'population', 190, '志愿者', 'Volunteers', '人', 'people', 'count', 'staff', '志愿服务登记', '社区', 3, false, 0, 2000, null),
  ('visited', 'population', 200, '本季走访户数', 'Households visited this quarter', '户', 'households', 'count', 'staff', '走访登记', '社区', 3, false, 0, 5000, null),

  ('buildings', 'resources', 10, '楼栋', 'Buildings', '栋', 'buildings', 'count', 'public', '社区台账', '住建物业服务站', 36, false, 0, 200, null),
  ('building_units', 'resources', 20, '单元', 'Stairwells', '个', 'stairwells', 'count', 'public', '社区台账', '住建物业服务站', 36, false, 0, 500, null),
  ('floors', 'resources', 30, '最高层数', 'Highest floors', '层', 'floors', 'count', 'public', '社区台账', '住建物业服务站', 36, true, 1, 80, null),
  ('built_year', 'resources', 40, '建成年份', 'Year built', null, null, 'year', 'public', '房产档案', '住建物业服务站', null, true, 1700, 2100, null),
  ('lifts', 'resources', 50, '电梯', 'Lifts', '部', 'lifts', 'count', 'public', '社区台账', '住建物业服务站', 12, false, 0, 100, null),
  ('piped_gas', 'resources', 60, '通管道燃气', 'Piped gas', null, null, 'flag', 'staff', '燃气公司', '燃气抢修站', 12, false, null, null, null),
  ('barrier_free', 'resources', 70, '有无障碍坡道', 'Step-free entrance', null, null, 'flag', 'public', '现场', '社区', 12, false, null, null, null),
  ('parking', 'resources', 80, '停车位', 'Parking spaces', '个', 'spaces', 'count', 'public', '现场', '社区', 12, false, 0, 3000, null),
  ('charging_sheds', 'resources', 90, '电动车充电棚', 'E-bike charging sheds', '处', 'sheds', 'count', 'public', '现场', '消防工作站', 6, false, 0, 50, null),
  ('charging_points', 'resources', 100, '充电端口', 'Charging points', '个', 'points', 'count', 'public', '现场', '消防工作站', 6, false, 0, 1000, null),
  ('hydrants', 'resources', 110, '消火栓', 'Fire hydrants', '个', 'hydrants', 'count', 'staff', '现场', '消防工作站', 6, false, 0, 200, null),
  ('extinguishers', 'resources', 120, '灭火器', 'Fire extinguishers', '具', 'extinguishers', 'count', 'staff', '现场', '消防工作站', 3, false, 0, 2000, null),
  ('cameras', 'resources', 130, '公共摄像头', 'Public cameras', '个', 'cameras', 'count', 'community', '现场', '平安建设办公室', 12, false, 0, 500, null),
  ('activity_rooms', 'resources', 140, '活动室', 'Activity rooms', '间', 'rooms', 'count', 'public', '社区', '社区发展治理办公室', 6, false, 0, 50, null),
  ('canteens', 'resources', 150, '老年食堂（助餐点）', 'Canteens for the elderly', '处', 'canteens', 'count', 'public', '社区', '民生服务办公室', 6, false, 0, 10, null),
  ('idle_rooms', 'resources', 160, '闲置房屋', 'Idle rooms', '间', 'rooms', 'count', 'staff', '现场', '社区发展治理办公室', 6, false, 0, 50, null),

  ('property_name', 'bodies', 20, '物业单位', 'Property manager', null, null, 'text', 'public', '社区', '住建物业服务站', 12, false, null, null, null),
  ('property_phone', 'bodies', 30, '物业电话', 'Property manager''s phone', null, null, 'phone', 'staff', '社区', '住建物业服务站', 6, false, null, null, null),
  ('property_fee', 'bodies', 40, '物业费', 'Property fee', '元/㎡·月', 'CNY/m²·month', 'number', 'staff', '物业合同', '住建物业服务站', 12, false, 0, 50, null),
  ('committee_name', 'bodies', 60, '业委会（院委会）负责人', 'Owners'' committee, in charge', null, null, 'text', 'staff', '社区', '社区发展治理办公室', 12, false, null, null, null),
  ('committee_phone', 'bodies', 70, '业委会电话', 'Owners'' committee''s phone', null, null, 'phone', 'community', '社区', '社区发展治理办公室', 12, false, null, null, null),
  ('council', 'bodies', 80, '有院落议事会', 'Courtyard council', null, null, 'flag', 'public', '社区', '社区发展治理办公室', 12, false, null, null, null),
  ('stair_heads', 'bodies', 90, '楼栋长', 'Stairwell heads', '人', 'people', 'count', 'staff', '社区', '社区', 6, false, 0, 500, null),
  ('social_organisations', 'bodies', 100, '服务的社会组织', 'Social organisations at work', '家', 'organisations', 'count', 'public', '社区', '社区发展治理办公室', 6, false, 0, 50, null),
  ('police_name', 'bodies', 110, '社区民警', 'Police officer', null, null, 'text', 'public', '派出所', '平安建设办公室', 12, false, null, null, null),
  ('police_phone', 'bodies', 120, '民警电话', 'Police officer''s phone', null, null, 'phone', 'staff', '派出所', '平安建设办公室', 12, false, null, null, null),
  ('doctor_name', 'bodies', 130, '家庭医生', 'Family doctor', null, null, 'text', 'public', '社区卫生服务中心', '民生服务办公室', 12, false, null, null, null),
  ('doctor_phone', 'bodies', 140, '家庭医生电话', 'Family doctor''s phone', null, null, 'phone', 'staff', '社区卫生服务中心', '民生服务办公室', 12, false, null, null, null),

  ('meals', 'services', 10, '送餐助餐', 'Meals for the elderly', null, null, 'flag', 'public', '社区', '民生服务办公室', 6, false, null, null, null),
  ('meals_when', 'services', 20, '助餐时间', 'Meals, when', null, null, 'text', 'public', '社区', '民生服务办公室', 6, false, null, null, null),
  ('meals_by', 'services', 30, '助餐单位', 'Meals, by whom', null, null, 'text', 'public', '社区', '民生服务办公室', 6, false, null, null, null),
  ('home_care', 'services', 40, '居家养老上门', 'Home care', null, null, 'flag', 'public', '社区', '民生服务办公室', 6, false, null, null, null),
  ('after_school', 'services', 60, '四点半课堂', 'After-school care', null, null, 'flag', 'public', '社区', '社区发展治理办公室', 6, false, null, null, null),
  ('legal_day', 'services', 70, '法律咨询日', 'Legal advice, when', null, null, 'text', 'public', '司法所', '平安建设办公室', 12, false, null, null, null),
  ('service_notes', 'services', 90, '其他服务', 'Other services', null, null, 'text', 'public', '社区', '社区', 12, false, null, null, null),

  ('first_water', 'response', 20, '漏水先找', 'Leaks: first call', null, null, 'text', 'public', '社区', '社区', 12, false, null, null, null),
  ('first_power', 'response', 30, '停电先找', 'Power: first call', null, null, 'text', 'public', '社区', '社区', 12, false, null, null, null),
  ('first_lift', 'response', 40, '电梯困人先找', 'Lifts: first call', null, null, 'text', 'public', '维保合同', '住建物业服务站', 12, false, null, null, null),
  ('first_fire', 'response', 50, '微型消防站', 'Nearest fire post', null, null, 'text', 'public', '消防工作站', '消防工作站', 12, false, null, null, null),
  ('assembly_point', 'response', 60, '应急集合点', 'Assembly point', null, null, 'text', 'public', '应急预案', '平安建设办公室', 12, false, null, null, null),
  ('arrival_minutes', 'response', 70, '到场时间', 'Minutes until someone is there', '分钟', 'minutes', 'count', 'staff', '社区', '社区', 12, false, 0, 240, null)
on conflict (code) do nothing;

insert into public.archive_fields (code, module, sort, name, name_en, type, sensitivity, source, owner, every_months, options) values
  ('property_kind', 'bodies', 10, '物业形式', 'Property management', 'choice', 'public', '社区', '住建物业服务站', 6,
    '[{"code":"company","name":"物业公司","name_en":"Company"},{"code":"self","name":"居民自管","name_en":"Run by residents"},{"code":"danwei","name":"单位管理","name_en":"Run by the work unit"},{"code":"street","name":"街道兜底","name_en":"Kept by the street"},{"code":"none","name":"无物业","name_en":"None"}]'),
  ('committee', 'bodies', 50, '业委会（院委会）', 'Owners'' committee', 'choice', 'public', '社区', '社区发展治理办公室', 12,
    '[{"code":"elected","name":"已成立","name_en":"Elected"},{"code":"forming","name":"筹备中","name_en":"Being formed"},{"code":"none","name":"没有","name_en":"None"}]'),
  ('clinic', 'services', 50, '巡诊', 'Doctor''s rounds', 'choice', 'public', '社区卫生服务中心', '民生服务办公室', 6,
    '[{"code":"weekly","name":"每周","name_en":"Weekly"},{"code":"monthly","name":"每月","name_en":"Monthly"},{"code":"none","name":"没有","name_en":"None"}]'),
  ('first_call', 'response', 10, '有事先找', 'Who is called first', 'choice', 'public', '社区', '社区', 12,
    '[{"code":"grid","name":"网格员","name_en":"Grid worker"},{"code":"property","name":"物业","name_en":"Property manager"},{"code":"committee","name":"业委会","name_en":"Owners'' committee"},{"code":"community","name":"社区值班","name_en":"Community desk"}]')
on conflict (code) do nothing;

insert into public.archive_fields (code, module, sort, name, name_en, unit, unit_en, type, sensitivity, source, owner, on_map, formula) values
  ('residents', 'population', 40, '常住人口', 'Residents', '人', 'people', 'count', 'staff', '计算', '社区', true, '["+", "registered", "floating"]'),
  ('elderly_share', 'population', 75, '60岁以上占比', 'Share aged 60 and over', null, null, 'share', 'staff', '计算', '民生服务办公室', true, '["/", "elderly_60", ["+", "registered", "floating"]]'),
  ('floating_share', 'population', 35, '流动人口占比', 'Share of floating residents', null, null, 'share', 'staff', '计算', '社区', true, '["/", "floating", ["+", "registered", "floating"]]'),
  ('children', 'population', 125, '0—14岁儿童', 'Children 0–14', '人', 'children', 'count', 'community', '计算', '民生服务办公室', false, '["+", "children_0_3", "children_3_6", "children_6_14"]'),
  ('visit_coverage', 'population', 210, '走访覆盖率', 'Share of households visited', null, null, 'share', 'staff', '计算', '社区', true, '["/", "visited", "households"]'),
  ('parking_ratio', 'resources', 85, '户均车位', 'Parking spaces a household', '个/户', 'a household', 'number', 'staff', '计算', '社区', false, '["/", "parking", "households"]')
on conflict (code) do nothing;

insert into public.field_checks (code, parts, whole) values
  ('elderly_within_residents', '{elderly_60}', 'residents'),
  ('eighty_within_sixty', '{elderly_80}', 'elderly_60'),
  ('alone_within_sixty', '{living_alone}', 'elderly_60'),
  ('ages_within_residents', '{elderly_60,children_0_3,children_3_6,children_6_14}', 'residents'),
  ('disabled_within_residents', '{disabled}', 'residents'),
  ('party_within_residents', '{party_members}', 'residents'),
  ('rented_and_empty_within_households', '{rented,empty_homes}', 'households'),
  ('low_income_within_households', '{low_income}', 'households'),
  ('visited_within_households', '{visited}', 'households')
on conflict (code) do nothing;

insert into public.place_kinds (code, place, name, name_en, icon, sort) values
  ('hydrant', 'resource', '消火栓', 'Fire hydrant', 'fire_hydrant', 10),
  ('fire_post', 'resource', '微型消防站', 'Fire post', 'fire-station', 20),
  ('charging', 'resource', '电动车充电棚', 'E-bike charging shed', 'charging_station', 30),
  ('activity_room', 'resource', '活动室', 'Activity room', 'town-hall', 40),
  ('canteen', 'resource', '老年食堂', 'Canteen', 'restaurant', 50),
  ('clinic', 'resource', '医疗点', 'Clinic', 'doctor', 60),
  ('aed', 'resource', '自动除颤器', 'Defibrillator', 'defibrillator', 70),
  ('idle_room', 'resource', '闲置房屋', 'Idle room', 'home', 80),
  ('parking_lot', 'resource', '停车场', 'Parking', 'parking', 90),
  ('fitness_corner', 'resource', '健身角', 'Fitness corner', 'pitch', 100),
  ('recycling', 'resource', '垃圾分类点', 'Recycling point', 'recycling', 110)
on conflict (code) do nothing;
insert into public.place_kinds (code, place, name, name_en, icon, inspect_days, category, sort) values
  ('fire_lane_blocked', 'hazard', '消防通道不畅', 'Blocked fire lane', 'roadblock', 7, 'fire_lane', 210),
  ('wiring', 'hazard', '线路老化', 'Old wiring', 'lightning', 30, 'wire', 220),
  ('falling_wall', 'hazard', '外墙脱落', 'Falling facade', 'danger', 14, 'wall', 230),
  ('gas_pipe', 'hazard', '燃气管老化', 'Old gas pipe', 'fuel', 30, 'gas', 240),
  ('stairwell_clutter', 'hazard', '楼道堆物', 'Clutter in the stairwell', 'obstacle', 14, 'clutter', 250),
  ('ebike_stairwell', 'hazard', '楼道充电', 'E-bike charged in the stairwell', 'scooter', 7, 'ebike', 260),
  ('sunken_ground', 'hazard', '地面沉降', 'Sinking ground', 'hole', 30, 'pavement', 270),
  ('leaning_tree', 'hazard', '树木倾斜', 'Leaning tree', 'tree', 30, 'greening', 280),
  ('manhole_cover', 'hazard', '井盖松动', 'Loose manhole cover', 'manhole', 14, 'manhole', 290),
  ('lift_old', 'hazard', '电梯超龄', 'Lift past its years', 'elevator', 30, 'lift', 300)
on conflict (code) do nothing;

insert into public.label_groups (code, name, name_en, colour, sort) values
  ('people', '人群', 'People', '#7b4fa3', 10),
  ('building', '房屋', 'Building', '#7a5c3e', 20),
  ('resources', '资源', 'Resources', '#1f7a5c', 30),
  ('hazards', '隐患', 'Hazards', '#b3261e', 40),
  ('governance', '治理', 'Governance', '#1f5fa8', 50),
  ('service', '服务', 'Service', '#a8620a', 60)
on conflict (code) do nothing;

insert into public.labels (code, label_group, sort, name, name_en, colour, icon, rule) values
  ('elderly_many', 'people', 10, '老人多', 'Many elderly', '#7b4fa3', 'elderly', '{"field":"elderly_share","is":">=","value":0.3}'),
  ('very_old', 'people', 20, '高龄集中', 'Many over 80', '#8e5bb8', 'elderly', '{"field":"elderly_80","is":">=","value":20}'),
  ('living_alone', 'people', 30, '独居老人多', 'Many living alone', '#5e3a82', 'person', '{"field":"living_alone","is":">=","value":8}'),
  ('care_many', 'people', 40, '重点关爱', 'Many looked after', '#9b3f8f', 'heart', '{"any":[{"field":"care_people","is":">=","value":12},{"field":"low_income","is":">=","value":6}]}'),
  ('floating_many', 'people', 50, '租户多', 'Many tenants', '#6a6fb5', 'suitcase', '{"field":"floating_share","is":">=","value":0.4}'),
  ('children_many', 'people', 60, '孩子多', 'Many children', '#a06cc4', 'playground', '{"field":"children","is":">=","value":40}'),
  ('old_building', 'building', 110, '老旧院落', 'Old buildings', '#7a5c3e', 'home', '{"field":"built_year","is":"<=","value":1995}'),
  ('no_lift', 'building', 120, '高层无电梯', 'High without a lift', '#8a6a48', 'steps', '{"all":[{"field":"floors","is":">=","value":6},{"field":"lifts","is":"=","value":0}]}'),
  ('no_gas', 'building', 130, '未通管道气', 'No piped gas', '#5f4a33', 'fuel', '{"field":"piped_gas","is":"=","value":false}'),
  ('heritage', 'building', 140, '历史建筑', 'Heritage', '#94703f', 'monument', null),
  ('renewal', 'building', 150, '纳入改造', 'To be renewed', '#6b4d2c', 'hammer', null),
  ('no_hydrant', 'resources', 210, '百米无消火栓', 'No hydrant within 100 m', '#1f7a5c', 'fire_hydrant', '{"resources":["hydrant"],"within":100,"at_most":0}'),
  ('no_charging', 'resources', 220, '缺充电棚', 'No charging shed', '#2a8a6a', 'charging_station', '{"all":[{"field":"charging_sheds","is":"=","value":0},{"field":"households","is":">=","value":60}]}'),
  ('parking_tight', 'resources', 230, '车位紧张', 'Short of parking', '#3a7f6b', 'parking', '{"field":"parking_ratio","is":"<","value":0.12}'),
  ('room_for_use', 'resources', 240, '有闲置房屋', 'Idle rooms', '#18684d', 'home', '{"any":[{"field":"idle_rooms","is":">","value":0},{"resources":["idle_room"],"at_least":1}]}'),
  ('no_activity_room', 'resources', 250, '附近无活动室', 'No activity room near', '#2f9274', 'town-hall', '{"all":[{"field":"activity_rooms","is":"=","value":0},{"resources":["activity_room"],"within":300,"at_most":0}]}'),
  ('leaks', 'hazards', 310, '漏水频发', 'Leaks again and again', '#b3261e', 'water', '{"cases":["leak"],"days":90,"at_least":3}'),
  ('drains', 'hazards', 320, '下水反复堵', 'Drains blocked again', '#a8322a', 'water', '{"cases":["drain"],"days":90,"at_least":2}'),
  ('ebikes', 'hazards', 330, '电动车隐患', 'E-bike hazards', '#c23b30', 'scooter', '{"any":[{"cases":["ebike"],"days":90,"at_least":2},{"hazards":["ebike_stairwell"],"at_least":1}]}'),
  ('fire_lanes', 'hazards', 340, '消防通道', 'Fire lanes', '#8f1d16', 'roadblock', '{"any":[{"cases":["fire_lane"],"days":90,"at_least":2},{"hazards":["fire_lane_blocked"],"at_least":1}]}'),
  ('severe_hazard', 'hazards', 350, '重大隐患', 'Severe hazard', '#7d120c', 'danger', '{"hazards":[],"level":3,"at_least":1}'),
  ('hazard_late', 'hazards', 360, '隐患逾期', 'Hazard overdue', '#99302a', 'clock', '{"hazards":[],"late":true,"at_least":1}'),
  ('no_property', 'governance', 410, '无物业', 'No property management', '#1f5fa8', 'home', '{"field":"property_kind","is":"=","value":"none"}'),
  ('self_managed', 'governance', 420, '居民自管', 'Run by residents', '#2f6fb8', 'people', '{"field":"property_kind","is":"=","value":"self"}'),
  ('no_committee', 'governance', 430, '无业委会', 'No committee', '#3b78bd', 'people', '{"field":"committee","is":"=","value":"none"}'),
  ('council', 'governance', 440, '有议事会', 'Has a council', '#174b86', 'town-hall', '{"field":"council","is":"=","value":true}'),
  ('quarrels', 'governance', 450, '纠纷较多', 'Quarrels', '#4d6f9c', 'chat', '{"cases":["neighbours","noise"],"days":90,"at_least":3}'),
  ('busy', 'governance', 460, '诉求集中', 'Many open issues', '#28548c', 'flag', '{"cases":[],"open":true,"at_least":3}'),
  ('visits_low', 'service', 510, '走访不足', 'Too few visits', '#a8620a', 'footprints', '{"field":"visit_coverage","is":"<","value":0.6}'),
  ('visited_all', 'service', 520, '走访全覆盖', 'Every home visited', '#8a5208', 'footprints', '{"field":"visit_coverage","is":">=","value":1}'),
  ('meals', 'service', 530, '有助餐', 'Meals', '#b87418', 'restaurant', '{"field":"meals","is":"=","value":true}'),
  ('elderly_unserved', 'service', 540, '老人多无助餐', 'Elderly without meals', '#7d4a08', 'restaurant', '{"all":[{"field":"elderly_share","is":">=","value":0.25},{"field":"meals","is":"=","value":false},{"resources":["canteen"],"within":300,"at_most":0}]}'),
  ('model', 'service', 550, '示范院落', 'Model yard', '#c08a2e', 'star', null)
on conflict (code) do nothing;

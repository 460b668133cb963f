-- What residents of old courtyards report, with the clocks that cities publish. Every row may be edited.
-- Minutes of the office's working time (8 hours a day), or of wall time where an emergency or a hotline's promise counts.

insert into public.categories (code, name, name_en, class, level, urgency, clock, accept_minutes, dispatch_minutes, handle_minutes, sort, keywords) values
  ('leak', '漏水渗水', 'Leak or seepage', '公共设施', 'community', 'ordinary', 'working', 60, 60, 480, 10, '{漏水,渗水,水管,爆管,滴水,屋顶漏,墙面湿,leak,water pipe}'),
  ('drain', '下水道堵塞', 'Blocked drain or septic tank', '公共设施', 'community', 'ordinary', 'working', 60, 60, 480, 20, '{下水道,堵了,堵塞,化粪池,污水,返水,冒水,井盖堵,drain,sewage,septic}'),
  ('light', '路灯楼道灯', 'Lights out', '公共设施', 'courtyard', 'ordinary', 'working', 60, 60, 480, 30, '{路灯,楼道灯,灯不亮,没有灯,太黑,声控灯,light,lamp}'),
  ('rubbish', '垃圾没清运', 'Rubbish not collected', '市容环境', 'courtyard', 'ordinary', 'working', 60, 60, 240, 40, '{垃圾,清运,臭,垃圾桶,满了,rubbish,garbage,trash}'),
  ('clutter', '楼道堆物', 'Clutter in corridors', '市容环境', 'courtyard', 'ordinary', 'working', 60, 60, 480, 50, '{堆物,杂物,楼道堆,堆放,纸箱,旧家具,clutter}'),
  ('fire_lane', '消防通道被占', 'Blocked fire lane', '突发事件', 'community', 'urgent', 'wall', 60, 60, 1440, 60, '{消防通道,通道堵,占道,消防车,fire lane}'),
  ('ebike', '电动车违规充电', 'E-bike charged or parked unsafely', '突发事件', 'community', 'urgent', 'wall', 60, 60, 1440, 70, '{电动车,电瓶车,飞线,充电,拉线,上楼,e-bike,charging}'),
  ('lift', '电梯故障', 'Broken lift', '公共设施', 'community', 'urgent', 'wall', 30, 60, 1440, 80, '{电梯,困人,电梯坏,lift,elevator}'),
  ('gas', '燃气异味', 'Smell of gas', '突发事件', 'community', 'emergency', 'wall', 15, 15, 120, 90, '{燃气,煤气,天然气,气味,漏气,gas}'),
  ('wire', '电线裸露', 'Exposed wires', '突发事件', 'community', 'emergency', 'wall', 15, 15, 120, 100, '{电线,裸露,漏电,掉线,线缆,火花,wire,cable}'),
  ('utility', '停水停电停气', 'No water, power or gas', '公共设施', 'community', 'urgent', 'wall', 60, 60, 1440, 110, '{停水,停电,停气,没水,没电,跳闸,no water,no power}'),
  ('wall', '墙面脱落', 'Falling plaster or tiles', '突发事件', 'community', 'emergency', 'wall', 15, 30, 120, 120, '{墙皮,脱落,瓷砖掉,外墙,坠落,开裂,plaster,falling}'),
  ('gate', '门禁大门损坏', 'Broken gate or door', '公共设施', 'courtyard', 'ordinary', 'working', 60, 60, 480, 130, '{门禁,大门,铁门,门锁,关不上,门坏,gate,door,lock}'),
  ('manhole', '井盖破损', 'Broken or missing manhole cover', '公共设施', 'community', 'emergency', 'wall', 15, 30, 120, 140, '{井盖,井口,窨井,manhole}'),
  ('pavement', '路面破损积水', 'Broken paving or puddles', '公共设施', 'community', 'ordinary', 'working', 60, 60, 960, 150, '{路面,坑,地砖,积水,不平,绊倒,paving,pothole,puddle}'),
  ('fitness', '健身器材座椅损坏', 'Broken fitness equipment or bench', '公共设施', 'courtyard', 'ordinary', 'working', 60, 60, 960, 160, '{健身器材,座椅,长椅,晾衣架,fitness,bench}'),
  ('handrail', '扶手坡道无障碍', 'Handrail, ramp, access', '公共设施', 'community', 'ordinary', 'working', 60, 60, 960, 170, '{扶手,坡道,无障碍,轮椅,台阶,handrail,ramp,wheelchair}'),
  ('illegal_building', '违章搭建', 'Illegal building', '街面秩序', 'street', 'ordinary', 'working', 60, 60, 9600, 180, '{违建,违章,搭建,加盖,彩钢棚,封阳台,illegal building}'),
  ('renovation', '装修垃圾施工扰民', 'Renovation waste or works', '施工管理', 'community', 'ordinary', 'working', 60, 60, 120, 190, '{装修,建渣,建筑垃圾,施工,电钻,renovation,construction}'),
  ('noise', '噪音扰民', 'Noise', '街面秩序', 'courtyard', 'ordinary', 'working', 60, 60, 480, 200, '{噪音,吵,音响,广场舞,麻将,半夜,noise,loud}'),
  ('smoke', '油烟异味', 'Kitchen smoke or smell', '市容环境', 'community', 'ordinary', 'working', 60, 60, 960, 210, '{油烟,烟味,餐馆,异味,烧烤,smoke,smell}'),
  ('parking', '乱停车', 'Parking', '街面秩序', 'courtyard', 'ordinary', 'working', 60, 60, 480, 220, '{停车,乱停,车位,堵门,僵尸车,挪车,共享单车,parking,bike}'),
  ('pets', '宠物与流浪动物', 'Pets and strays', '街面秩序', 'courtyard', 'ordinary', 'working', 60, 60, 480, 230, '{狗,猫,宠物,遛狗,不拴绳,流浪,dog,cat,pet}'),
  ('greening', '树木绿化', 'Trees and greenery', '园林绿化', 'community', 'ordinary', 'working', 60, 60, 960, 240, '{树,树枝,修剪,绿化,倒伏,tree,branch}'),
  ('planting', '公共地种菜', 'Vegetables on common ground', '园林绿化', 'courtyard', 'ordinary', 'working', 60, 60, 480, 250, '{种菜,菜地,毁绿,vegetables}'),
  ('pests', '老鼠蟑螂蚊虫', 'Rats and insects', '市容环境', 'community', 'ordinary', 'working', 60, 60, 960, 260, '{老鼠,蟑螂,蚊子,白蚁,消杀,rat,cockroach,mosquito}'),
  ('advert', '小广告', 'Illegal adverts', '宣传广告', 'courtyard', 'ordinary', 'working', 60, 60, 240, 270, '{小广告,贴广告,喷涂,advert}'),
  ('neighbours', '邻里纠纷', 'Quarrel between neighbours', '街面秩序', 'community', 'ordinary', 'working', 60, 60, 1440, 280, '{邻居,吵架,纠纷,矛盾,调解,neighbour,quarrel}'),
  ('visit', '请人上门看看', 'Ask for a home visit', '公共设施', 'community', 'ordinary', 'working', 60, 60, 960, 290, '{上门,看望,老人,独居,行动不便,帮忙办,visit,elderly}'),
  ('other', '其他', 'Something else', '公共设施', 'community', 'ordinary', 'working', 60, 60, 480, 900, '{}')
on conflict (code) do nothing;

update public.categories c set duty = d.duty
from (values
  ('leak', 'duty_facilities'), ('drain', 'duty_facilities'), ('light', 'duty_facilities'), ('rubbish', 'assist_sanitation'),
  ('clutter', 'duty_environment'), ('fire_lane', 'assist_fire'), ('ebike', 'assist_fire'), ('lift', 'assist_lifts'), ('gas', 'assist_utilities'),
  ('wire', 'assist_utilities'), ('utility', 'assist_utilities'), ('wall', 'assist_lifts'), ('gate', 'duty_facilities'),
  ('manhole', 'assist_streets'), ('pavement', 'assist_streets'), ('fitness', 'duty_facilities'), ('handrail', 'duty_facilities'),
  ('illegal_building', 'never_demolition'), ('renovation', 'duty_environment'), ('noise', 'assist_noise'), ('smoke', 'assist_noise'),
  ('parking', 'duty_order'), ('pets', 'duty_order'), ('greening', 'duty_greening'), ('planting', 'duty_greening'), ('pests', 'assist_pests'),
  ('advert', 'duty_environment'), ('neighbours', 'duty_mediation'), ('visit', 'duty_elderly')
) d (category, duty)
where c.code = d.category and c.duty is null;

/** Names that come from the server, in traditional characters: those of the usual matters and offices. */
const simple =
  '渗设顶墙湿粪污盖灯楼没声运环满杂纸旧占发车电动违规飞线坏气异缆闸脱砖坠开门损铁锁关积绊长无碍轮台阶钢阳装扰筑钻响广场将烟馆烧乱尸单宠与猫绳树绿园种毁虫蚁杀传贴喷涂邻里纠纷调请独帮办张执处罚综队征产检资协税护经济审质务药监权继债决证卫难众访议报养约隐抢类劝导况亲属档询时书诺状统网记录户项归认机脸预遗补内业专维区荐师辖拨实变扫码';
const full =
  '滲設頂牆溼糞汙蓋燈樓沒聲運環滿雜紙舊佔發車電動違規飛線壞氣異纜閘脫磚墜開門損鐵鎖關積絆長無礙輪臺階鋼陽裝擾築鑽響廣場將煙館燒亂屍單寵與貓繩樹綠園種毀蟲蟻殺傳貼噴塗鄰裡糾紛調請獨幫辦張執處罰綜隊徵產檢資協稅護經濟審質務藥監權繼債決證衛難眾訪議報養約隱搶類勸導況親屬檔詢時書諾狀統網記錄戶項歸認機臉預遺補內業專維區薦師轄撥實變掃碼';

export function turnTraditional(text: string): string {
  return Array.from(text, (one) => full[simple.indexOf(one)] ?? one).join('');
}

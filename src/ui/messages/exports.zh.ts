/** The words of the list of exports. */
export const exportsZh = {
  all: '全部',
  issues: '诉求',
  courtyards: '院落',
  archive: '数字档案',
  at: '时间',
  by: '导出人',
  what: '内容',
  rows: '条数',
  reason: '用途',
  masked: '遮盖',
  'masked.phones': '电话遮盖，按权限取舍',
  'masked.none': '不含报告人，文字已遮盖',
  none: '还没有人导出过',
  more: '显示更早的',
} as const;

/** What the resident’s two pages share: plain, short, warm; no office words. */
export const residentZh = {
  'tool.large': '长者版',
  'tool.normal': '标准版',
  optional: '选填',
  sending: '正在提交…',
  'kept.list': '等待提交',
  'upload.going': '正在上传照片：{done}/{count}',
  'upload.done': '{count} 张照片已上传',
  'upload.failed': '照片还有 {left} 张没传上去，报告不受影响。有网会自动再传。',
  'upload.again': '再传一次',
  'mine.title': '我在本机的报告',
  'mine.only': '只存在这部手机上，别人看不到。',
  'shut.offline': '现在没有网络',
  'shut.offline.more': '走几步换个有信号的地方，再试一次。您存在手机里的内容都还在。',
  'shut.server_down': '服务暂时没有回应',
  'shut.server_down.more': '不是您的问题。请过几分钟再试；有人身危险请直接拨打 119、110、120。',
  'shut.again': '再试一次',
} as const;

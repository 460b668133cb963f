import type { residentZh } from './resident.zh.ts';

export const residentHant: { readonly [Key in keyof typeof residentZh]: string } = {
  'tool.large': '長者版',
  'tool.normal': '標準版',
  optional: '選填',
  sending: '正在提交…',
  'kept.list': '等待提交',
  'upload.going': '正在上傳照片：{done}/{count}',
  'upload.done': '{count} 張照片已上傳',
  'upload.failed': '照片還有 {left} 張沒傳上去，報告不受影響。有網會自動再傳。',
  'upload.again': '再傳一次',
  'mine.title': '我在本機的報告',
  'mine.only': '只存在這部手機上，別人看不到。',
  'shut.offline': '現在沒有網絡',
  'shut.offline.more': '走幾步換個有信號的地方，再試一次。您存在手機裡的內容都還在。',
  'shut.server_down': '服務暫時沒有回應',
  'shut.server_down.more': '不是您的問題。請過幾分鐘再試；有人身危險請直接撥打 119、110、120。',
  'shut.again': '再試一次',
};

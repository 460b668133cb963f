import type { residentZh } from './resident.zh.ts';

export const residentEn: { readonly [Key in keyof typeof residentZh]: string } = {
  'tool.large': 'Large type',
  'tool.normal': 'Normal type',
  optional: 'optional',
  sending: 'Sending…',
  'kept.list': 'Waiting to be sent',
  'upload.going': 'Uploading photos: {done}/{count}',
  'upload.done': 'Photos uploaded: {count}',
  'upload.failed':
    'Photos not yet uploaded: {left}. Your report is not affected; they go when you are back online.',
  'upload.again': 'Upload again',
  'mine.title': 'My reports on this phone',
  'mine.only': 'Kept on this phone only; nobody else sees them.',
  'shut.offline': 'There is no network',
  'shut.offline.more': 'Try again where there is a signal. What is kept on your phone is safe.',
  'shut.server_down': 'The service is not answering',
  'shut.server_down.more':
    'It is not your fault. Please try again in a few minutes; if anyone is in danger call 119, 110 or 120.',
  'shut.again': 'Try again',
};

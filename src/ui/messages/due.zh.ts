/** How long a clock still has, or by how much it is late. */
export const dueZh = {
  'due.late.days': '超时 {days} 天',
  'due.late.hours': '超时 {hours} 小时',
  'due.late.hoursMinutes': '超时 {hours} 小时 {minutes} 分',
  'due.late.minutes': '超时 {minutes} 分钟',
  'due.left.days': '还有 {days} 天',
  'due.left.hours': '还有 {hours} 小时',
  'due.left.hoursMinutes': '还有 {hours} 小时 {minutes} 分',
  'due.left.minutes': '还有 {minutes} 分钟',
} as const;

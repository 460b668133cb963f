/** The errors only signed-in staff meet. */
export const staffErrorsZh = {
  'error.not_signed_in': '登录已过期。您填写的内容都还在，请重新登录后继续。',
  'error.not_member': '这个账号还没有分配岗位，看不到任何数据。请联系街道管理员为您分配。',
  'error.wrong_password': '账号或密码不对。请检查后再试；忘记密码请联系街道管理员。',
  'error.stale_version': '这件诉求刚刚被别人更新了。您写的内容还在，请看过最新情况后再决定。',
  'error.action_not_allowed':
    '现在不能这样办理：状态或责任主体已变，或不在您的权限内。没有任何改动，请看可选的操作。',
  'error.field_missing': '还有必填项没填。没有任何改动，请补上后再提交。',
  'error.field_too_long': '内容太长了。没有任何改动，请缩短后再提交。',
  'error.department_unknown': '找不到这个部门，它可能已停用。没有任何改动，请换一个部门。',
  'error.returns_exhausted': '已退单两次，街道裁定为最终结果，不能再退。请按裁定办理，或联系街道。',
  'error.issue_unknown': '找不到这件诉求，它可能已转出您的范围。请返回列表刷新。',
  'error.courtyard_unknown': '找不到这个院落，它可能已停用或不在您的范围。请返回地图刷新。',
} as const;

import type { staffErrorsZh } from './staff-errors.zh.ts';

export const staffErrorsEn: { readonly [Key in keyof typeof staffErrorsZh]: string } = {
  'error.not_signed_in': 'Your session has expired. What you entered is kept: sign in again to go on.',
  'error.not_member':
    'This account has no post yet, so it can see nothing. Ask the street’s administrator to assign one.',
  'error.wrong_password':
    'Account or password is wrong. Check them and try again; if forgotten, ask the street’s administrator.',
  'error.stale_version':
    'Somebody has just updated this issue. What you wrote is kept: look at the latest, then decide.',
  'error.action_not_allowed':
    'This is not possible now: the state or the holder has changed, or it is not yours to do. Nothing was changed; see what you can do.',
  'error.field_missing': 'Something required is missing. Nothing was changed: fill it in and submit again.',
  'error.field_too_long': 'The text is too long. Nothing was changed: shorten it and submit again.',
  'error.department_unknown':
    'This department was not found; it may have been closed. Nothing was changed: choose another.',
  'error.returns_exhausted':
    'It was sent back twice, so the street’s ruling is final. Handle it as ruled, or talk to the street office.',
  'error.issue_unknown':
    'This issue was not found; it may have left your area. Go back to the list and refresh.',
  'error.courtyard_unknown':
    'This courtyard was not found; it may be closed or outside your area. Go back to the map and refresh.',
};

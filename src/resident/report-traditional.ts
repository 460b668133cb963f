import { turnTraditional } from '../ui/messages/traditional.ts';
import { errorsHant } from '../ui/messages/errors.hant.ts';
import { reportHant } from '../ui/messages/report.hant.ts';
import { residentHant } from '../ui/messages/resident.hant.ts';

export const words = { ...errorsHant, ...residentHant, ...reportHant };
export const turn = turnTraditional;

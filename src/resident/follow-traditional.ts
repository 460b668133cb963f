import { turnTraditional } from '../ui/messages/traditional.ts';
import { errorsHant } from '../ui/messages/errors.hant.ts';
import { followHant } from '../ui/messages/follow.hant.ts';
import { residentHant } from '../ui/messages/resident.hant.ts';

export const words = { ...errorsHant, ...residentHant, ...followHant };
export const turn = turnTraditional;

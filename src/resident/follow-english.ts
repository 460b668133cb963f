import { errorsEn } from '../ui/messages/errors.en.ts';
import { followEn } from '../ui/messages/follow.en.ts';
import { residentEn } from '../ui/messages/resident.en.ts';

export const words = { ...errorsEn, ...residentEn, ...followEn };

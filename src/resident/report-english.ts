import { errorsEn } from '../ui/messages/errors.en.ts';
import { reportEn } from '../ui/messages/report.en.ts';
import { residentEn } from '../ui/messages/resident.en.ts';

export const words = { ...errorsEn, ...residentEn, ...reportEn };

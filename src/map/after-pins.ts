/** What comes after the first pins, in one file: their spreading, arriving and breathing. */
export { slideIn } from './arrival.ts';
export { Breath } from './breath.ts';
export { Spider } from './spider.ts';

import './page.css';
import './follow.css';
import { FollowPage } from './follow-page.ts';
import { speakAsRemembered } from './words.ts';

async function main(): Promise<void> {
  await speakAsRemembered();
  const page = new FollowPage();
  await page.open();
  page.start();
}

void main();

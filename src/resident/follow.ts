import './page.css';
import { FollowPage } from './follow-page.ts';
import { speakAsRemembered } from './words.ts';

void speakAsRemembered().then(async () => {
  const page = new FollowPage();
  await page.open();
  page.start();
});

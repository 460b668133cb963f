import './page.css';
import { ReportPage } from './report-page.ts';
import { speakAsRemembered } from './words.ts';

void speakAsRemembered().then(async () => {
  const page = new ReportPage();
  await page.open(document.getElementById('courtyard')?.textContent ?? '');
  page.start();
});

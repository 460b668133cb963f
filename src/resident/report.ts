import './page.css';
import './report.css';
import { ReportPage } from './report-page.ts';
import { speakAsRemembered } from './words.ts';

async function main(): Promise<void> {
  await speakAsRemembered();
  const page = new ReportPage();
  await page.open(document.getElementById('courtyard')?.textContent ?? '');
  page.start();
}

void main();

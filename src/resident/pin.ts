import type { PinPicker } from '../map/pin-picker.ts';
import type { App } from './app.ts';
import type { ReportForm } from './report-form.ts';
import { currentLanguage } from './words.ts';

let picker: PinPicker | null = null;

/** Opens the map under the place field. Only now is it loaded. */
export async function openPin(app: App, form: ReportForm): Promise<void> {
  form.map = 'loading';
  void app.draw();
  try {
    const { mountPinPicker } = await import('../map/pin-picker.ts');
    form.map = 'open';
    await app.draw();
    const frame = document.getElementById('map');
    if (!frame) return;
    picker = mountPinPicker(frame, {
      point: form.draft.point ?? [...form.opened.courtyard.point],
      outline: form.opened.courtyard.outline,
      language: currentLanguage(),
      onmove: (point) => {
        form.set({ point });
        void app.draw();
      },
    });
  } catch {
    form.map = 'failed';
    void app.draw();
  }
}

/** Takes the map away and puts the report back at its courtyard. */
export function resetPin(app: App, form: ReportForm): void {
  closePin();
  form.set({ point: null });
  form.map = 'closed';
  void app.draw();
}

/** Ends the map of a form that is left. */
export function closePin(): void {
  picker?.destroy();
  picker = null;
}

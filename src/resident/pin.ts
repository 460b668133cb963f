import type { PinPicker } from '../map/pin-picker.ts';
import type { ReportForm } from './report-form.ts';
import { currentLanguage } from './words.ts';

let picker: PinPicker | null = null;

/** Opens the map under the place field. Only now is it loaded. */
export async function openPin(form: ReportForm, draw: () => Promise<void>): Promise<void> {
  form.map = 'loading';
  void draw();
  try {
    const { mountPinPicker } = await import('../map/pin-picker.ts');
    form.map = 'open';
    await draw();
    const frame = document.getElementById('map');
    if (!frame) return;
    picker = mountPinPicker(frame, {
      point: form.draft.point ?? [...form.opened.courtyard.point],
      outline: form.opened.courtyard.outline,
      language: currentLanguage(),
      onmove: (point) => {
        form.set({ point });
        void draw();
      },
    });
  } catch {
    form.map = 'failed';
    void draw();
  }
}

/** Takes the map away and puts the report back at its courtyard. */
export function resetPin(form: ReportForm, draw: () => Promise<void>): void {
  closePin();
  form.set({ point: null });
  form.map = 'closed';
  void draw();
}

/** Ends the map of a form that is left. */
export function closePin(): void {
  picker?.destroy();
  picker = null;
}

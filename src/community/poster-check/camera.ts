/** What browsers on Android and newer desks bring; TypeScript's DOM does not know it. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: new (options: { formats: string[] }) => Detector;

/** True where the browser itself can read a code through the camera; elsewhere one types it. */
export const canScan = (): boolean => 'BarcodeDetector' in globalThis && 'mediaDevices' in navigator;

/** How often the picture is looked at, in milliseconds. */
const every = 200;

/**
 * Shows the camera in `video` and gives the text of the first code it sees; null when `signal` ends it. Throws a DOMException
 * (NotAllowedError) without permission. The pictures never leave the phone.
 */
export async function scan(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const [found] = await detector.detect(video);
      if (found) return found.rawValue;
      await new Promise((next) => setTimeout(next, every));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

import jsQR from 'jsqr';
import { expect, it } from 'vitest';
import { desk, signIn, stage } from './harness.ts';

const scene = stage();

it('posters of all courtyards are laid out a page each, and a camera reads the code of one', async () => {
  const page = await scene.open('/admin/?section=codes', desk);
  await signIn(page, 'admin');
  await page.getByRole('button', { name: /^做海报（514 张）/ }).click();
  await page.getByRole('button', { name: '预览并打印' }).click();
  const sheets = page.getByRole('dialog', { name: '做海报' }).locator('.sheet svg[viewBox="0 0 210 297"]');
  await expect.poll(() => sheets.count()).toBe(514);

  const drawn = await sheets.nth(200).evaluate(async (svg) => {
    const side = { width: 630, height: 891 };
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), side);
    const pen = canvas.getContext('2d');
    pen?.drawImage(picture, 0, 0, side.width, side.height);
    const bytes = pen?.getImageData(0, 0, side.width, side.height).data ?? [];
    return { ...side, bytes: Array.from(bytes) };
  });
  const read = jsQR(Uint8ClampedArray.from(drawn.bytes), drawn.width, drawn.height);
  expect(read?.data).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/c\/[0-9a-hjkmnp-tv-z]{17}$/);
  const code = read?.data.split('/').at(-1) ?? '';
  const [yard] = await scene.server.query(
    'select y.name from public.courtyards y join public.courtyard_codes c on c.courtyard_id = y.id where c.code = $1',
    [code],
  );
  expect(await sheets.nth(200).textContent()).toContain(String(yard?.['name']));
});

import type { Browser } from 'playwright-core';

/** A part of a picture, in pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How many colours each region of a PNG shows: one where nothing is drawn. The browser that took it decodes it. */
export async function colourCounts(browser: Browser, png: Buffer, regions: readonly Region[]): Promise<number[]> {
  const page = await browser.newPage();

  try {
    return await page.evaluate(
      async ({ url, regions: parts }) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        if (!canvas) throw new Error('There is no canvas.');
        canvas.drawImage(image, 0, 0);

        return parts.map(({ x, y, width, height }) => {
          const { data } = canvas.getImageData(x, y, width, height);
          return new Set(new Uint32Array(data.buffer)).size;
        });
      },
      { url: `data:image/png;base64,${png.toString('base64')}`, regions },
    );
  } finally {
    await page.close();
  }
}

import type { Rung, WatermarkLadder } from '../standing/watermark-ladder.ts';

/** Bytes before base64 makes four characters of three: a part is then an item of at most 8 KB. */
const MAX_PART_BYTES = 6_000;

/**
 * The rungs of a ladder as texts that can be stored: base64 of variable-length integers, each rung as its difference from the one
 * before, some 5 to 8 bytes. Each text can be read without the others and has at most 8,000 characters.
 *
 * @see {@link unpackLadder} for the reverse.
 */
export function packLadder(ladder: WatermarkLadder): { readonly rungs: WatermarkLadder; readonly text: string }[] {
  const parts: { rungs: Rung[]; bytes: number[] }[] = [];

  for (const rung of ladder) {
    const part = parts.at(-1);
    const bytes = packRung(rung, part?.rungs.at(-1));

    if (part && part.bytes.length + bytes.length <= MAX_PART_BYTES) {
      part.rungs.push(rung);
      part.bytes.push(...bytes);
    } else {
      parts.push({ rungs: [rung], bytes: packRung(rung) });
    }
  }
  return parts.map(({ rungs, bytes }) => ({ rungs, text: Buffer.from(bytes).toString('base64') }));
}

const noRung: Rung = { anchor: new Date(0).toISOString(), markMinor: 0n };

function packRung({ anchor, markMinor }: Rung, before: Rung = noRung): number[] {
  const difference = markMinor - before.markMinor;
  // The sign as the lowest bit, so that a small difference is short in either direction.
  const zigzag = difference < 0n ? -difference * 2n - 1n : difference * 2n;

  return [...packInteger(BigInt(Date.parse(anchor) - Date.parse(before.anchor))), ...packInteger(zigzag)];
}

/** Seven bits to a byte, the lowest first; the highest bit of a byte says that more follow. */
function packInteger(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;

  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return bytes;
}

/**
 * The rungs in a text that {@link packLadder} made.
 *
 * @throws a plain Error when it is no such text.
 */
export function unpackLadder(text: string): WatermarkLadder {
  const integers = unpackIntegers(Buffer.from(text, 'base64'));
  const rungs: Rung[] = [];
  let [anchorMs, markMinor] = [0, 0n];

  if (integers.length % 2 === 1) throw new Error('a rung without its mark');
  for (let index = 0; index < integers.length; index += 2) {
    const [elapsed = 0n, zigzag = 0n] = integers.slice(index, index + 2);
    anchorMs += Number(elapsed);
    markMinor += zigzag & 1n ? -(zigzag + 1n) / 2n : zigzag / 2n;
    rungs.push({ anchor: new Date(anchorMs).toISOString(), markMinor });
  }
  return rungs;
}

function unpackIntegers(bytes: Uint8Array): bigint[] {
  const integers: bigint[] = [];
  let [value, shift] = [0n, 0n];

  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte < 128) {
      integers.push(value);
      [value, shift] = [0n, 0n];
    }
  }
  if (shift > 0n) throw new Error('an integer without its end');
  return integers;
}

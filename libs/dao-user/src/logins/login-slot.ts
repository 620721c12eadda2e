import { createHmac } from 'node:crypto';

/** So many slots there are for the names that nobody has, however many are tried. */
const SLOTS = 16_384;

/** Where attempts under a name are recorded that nobody has, and by what they are told from those under other names there. */
export interface LoginSlot {
  readonly slot: number;
  readonly name: string;
}

/** The slot of a name. Who does not know the key cannot tell which names share one. */
export function loginSlotOf(name: string, slotKey: string): LoginSlot {
  const digest = createHmac('sha256', slotKey).update(name).digest();

  return { slot: digest.readUInt32BE(0) % SLOTS, name: digest.subarray(4, 20).toString('base64url') };
}

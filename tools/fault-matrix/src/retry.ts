import type { Answer, MatrixRow, Scene } from './row.ts';
import type { Services } from './services.ts';
import { toldBy, toldByError, type Told } from './told.ts';

/** A call that is over, as far as its caller knows. */
export interface Over {
  readonly identity: MatrixRow['identity'];
  readonly scene: Scene;
  readonly told: Told;
  /** Whether a request of it may still be under way. */
  readonly isUnderway: boolean;
}

/**
 * Does what the documentation says of a call that is over: with a key the same again, without one a look first. Nothing is asked
 * again where that would be another deposit or order. `undefined`: the caller knows all there is to know.
 */
export async function retry(
  { identity, scene, told, isUnderway }: Over,
  services: Services,
): Promise<Told | undefined> {
  if (identity === 'none' && told.kind === 'refused') return undefined;

  if (scene.look) {
    const found = await toldByLook(scene.look(services, clueOf(told)));
    if (found) return found;
    if (identity === 'none' && told.kind === 'answered')
      return { kind: 'wrong', error: new Error('It is not to be found.') };
    if (identity === 'none' && isUnderway) return { kind: 'open' };
  }
  return await toldBy(scene.call(services));
}

async function toldByLook(look: Promise<Answer | undefined>): Promise<Told | undefined> {
  try {
    const answer = await look;
    return answer && { kind: 'answered', answer };
  } catch (error) {
    return toldByError(error);
  }
}

/** The id that the caller was told. */
function clueOf(told: Told): string | undefined {
  if (told.kind === 'answered') return told.answer.fact.id;
  if (told.kind !== 'unknown') return undefined;

  const { transactionId, orderId } = told.details;
  const clue = transactionId ?? orderId;
  return typeof clue === 'string' ? clue : undefined;
}

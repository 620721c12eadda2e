import { createHash } from 'node:crypto';

/**
 * The owner that stands for a subject of an identity provider: for subjects outside the alphabet or the length of an owner, or of several
 * issuers. The same pair gives the same owner, and two pairs different ones.
 *
 * @param iss - the issuer, as the `iss` claim has it; compared exactly.
 * @param sub - the subject, as the `sub` claim has it; compared exactly.
 * @returns `s:` and 43 characters of base64url: SHA-256 over issuer, line feed and subject.
 * @throws a plain Error when one is no text, is empty or has half a character, or the issuer holds a line feed, as no URL does: two
 *   pairs could then share an owner.
 * @example
 * const owner = ownerOf('https://id.example.com/', claims.sub);
 */
export function ownerOf(iss: string, sub: string): string {
  for (const [name, text] of Object.entries({ iss, sub })) {
    if (typeof text !== 'string' || text === '' || /\p{Cs}/u.test(text)) {
      throw new Error(`${name} must be a text of whole characters that is not empty.`);
    }
  }
  if (iss.includes('\n')) throw new Error('An issuer has no line feed.');

  return `s:${createHash('sha256').update(`${iss}\n${sub}`, 'utf8').digest('base64url')}`;
}

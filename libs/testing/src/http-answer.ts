import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { sleep } from '@cnop/utils';
import { messageOf } from './message-of.ts';

const POLL_INTERVAL_MS = 10;
const ATTEMPT_TIMEOUT_MS = 1_000;

/**
 * Waits until the URL answers HTTP with any status; DynamoDB Local answers a plain GET with 400.
 *
 * @throws Error when there is no answer in time; the reason of the signal when that is aborted first.
 */
export async function waitForHttpAnswer(
  url: string,
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  let reason: string;

  do {
    options.signal?.throwIfAborted();
    try {
      await answerOf(url);
      return;
    } catch (error) {
      reason = messageOf(error);
    }
    await sleep(POLL_INTERVAL_MS);
  } while (Date.now() < deadline);

  throw new Error(`${url} gave no answer within ${options.timeoutMs} ms (${reason})`);
}

function answerOf(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secureRequest : request;
    const sent = send(url, { agent: false, timeout: ATTEMPT_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve();
    });

    sent.once('timeout', () => sent.destroy(new Error('time-out')));
    sent.once('error', reject);
    sent.end();
  });
}

import { startStack } from '@cnop/local-stack';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './open-browser.ts';

/** The page `/docs` of a local stack of its own, in a browser. */
export interface DocsPage {
  /** Of the local stack. */
  readonly url: string;
  readonly browser: Browser;
  readonly page: Page;
  /** Errors that the page told of, and addresses other than the stack's that it asked for. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Starts the local stack and the browser, and opens the page; resolves once it shows operations. */
export async function openDocsPage(): Promise<DocsPage> {
  const stack = await startStack({ port: 0 }, { log: () => undefined });
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await stack.stop();
  };

  try {
    browser = await openBrowser();
    const page = await browser.newPage();
    const complaints = recordComplaints(page, stack.url);
    await page.goto(`${stack.url}/docs`);
    await page.locator('.opblock').first().waitFor();

    return { url: stack.url, browser, page, complaints, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function recordComplaints(page: Page, origin: string): string[] {
  const complaints: string[] = [];

  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) complaints.push(request.url());
  });
  return complaints;
}
